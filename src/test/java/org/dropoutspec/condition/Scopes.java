package org.dropoutspec.condition;

import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;

/** What some implementations can be asked. */
final class Scopes {
    private Scopes() {}

    /** Everything. */
    static Scope full() {
        return Scope.of(description()
                .with(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64)
                .with(Capability.values()));
    }

    /** Four types and these capabilities. */
    static Scope with(Capability... capabilities) {
        return Scope.of(description()
                .with(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64)
                .with(capabilities));
    }

    /** float32 and nothing else. */
    static Scope bare() {
        return Scope.of(description());
    }

    private static Description description() {
        return Description.of("any", "1");
    }
}
