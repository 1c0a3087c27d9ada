package org.dropoutspec.sampling;

import java.util.HashMap;
import java.util.Map;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** A few inputs of each small shape and one of each large, made once: making one anew for each call would cost as much as the call. */
final class Inputs {
    private static final int LARGE = 1 << 16;

    private final DType dtype;
    private final long seed;
    private final Map<Shape, Stimulus[]> made = new HashMap<>();

    Inputs(DType dtype, long seed) {
        this.dtype = dtype;
        this.seed = seed;
    }

    Stimulus of(Shape shape, long call) {
        Stimulus[] known = made.computeIfAbsent(shape, any -> new Stimulus[shape.size() < LARGE ? 8 : 1]);
        int which = (int) Math.floorMod(call * 0x9E37_79B9_7F4A_7C15L >>> 40, (long) known.length);
        if (known[which] == null) {
            known[which] = Stimulus.of(dtype, shape, seed + 31L * shape.hashCode() + which);
        }
        return known[which];
    }
}
