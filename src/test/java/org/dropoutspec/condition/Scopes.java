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
                .withDtypes(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64)
                .withCapabilities(Capability.values()));
    }

    /** Four types and these capabilities. */
    static Scope with(Capability... capabilities) {
        return Scope.of(description()
                .withDtypes(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64)
                .withCapabilities(capabilities));
    }

    /** float32 and nothing else. */
    static Scope bare() {
        return Scope.of(description());
    }

    /** Everything but an evaluation. */
    static Scope withoutEvaluation() {
        Scope all = full();
        return new Scope(all.dtypes(), all.capabilities(), false, all.rateOne(), all.seedBits(), all.signatures());
    }

    /** Everything, with seeds below 2^bits. */
    static Scope withSeedBits(int bits) {
        Scope all = full();
        return new Scope(all.dtypes(), all.capabilities(), all.evaluation(), all.rateOne(), bits, all.signatures());
    }

    private static Description description() {
        return Description.of("any", "1");
    }
}
