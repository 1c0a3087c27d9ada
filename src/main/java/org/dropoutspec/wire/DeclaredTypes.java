package org.dropoutspec.wire;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.DType;

/** Reads the {@code dtypes} of a hello or of an operation in it. */
final class DeclaredTypes {
    private DeclaredTypes() {}

    static Set<DType> read(JsonNode fields, int minor) throws AdapterFault {
        List<String> names = fields.required("dtypes").distinctTexts();
        if (names.isEmpty()) {
            throw new AdapterFault(fields.path("dtypes") + " ([]) must not be empty");
        }
        EnumSet<DType> dtypes = EnumSet.noneOf(DType.class);
        for (String name : names) {
            try {
                DType dtype = DType.named(name);
                if (!dtype.isInteger()) { // integer types are declared by the choice integer_input
                    dtypes.add(dtype);
                } else if (minor < 1) {
                    throw new IllegalArgumentException(
                            "dtype (" + name
                                    + ") must be one of float16, bfloat16, float32, float64, bool: version 1.0 has no integers");
                }
            } catch (IllegalArgumentException e) {
                throw new AdapterFault(fields.path("dtypes") + ": " + Excerpt.of(String.valueOf(e.getMessage()), 200));
            }
        }
        // a well-formed name, but no requirement speaks of dropout of truth values
        dtypes.remove(DType.BOOL);
        return dtypes;
    }
}
