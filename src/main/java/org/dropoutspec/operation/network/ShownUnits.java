package org.dropoutspec.operation.network;

import java.util.Optional;
import org.dropoutspec.tensor.Tensor;

/**
 * The units that a dropout layer kept, as its output shows: those of which at least half is left. A unit whose input is
 * 0 shows nothing; for it, the given or reported mask counts, if there is one.
 */
final class ShownUnits {
    private final double[] taken;
    private final double[] given;
    private final Optional<Tensor> told;

    /**
     * @param taken the input of the layer
     * @param given its output
     * @param told the mask that was given or reported
     */
    ShownUnits(Tensor taken, Tensor given, Optional<Tensor> told) {
        this.taken = taken.values();
        this.given = given.values();
        this.told = told;
    }

    int size() {
        return given.length;
    }

    boolean isKnown(int unit) {
        return taken[unit] != 0 || told.isPresent();
    }

    boolean isKept(int unit) {
        double x = taken[unit];
        return x == 0 ? told.isEmpty() || told.get().bool(unit) != 0 : !(Math.abs(given[unit]) < Math.abs(x) / 2);
    }
}
