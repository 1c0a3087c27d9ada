package org.dropoutspec.operation.network;

import java.util.Optional;
import org.dropoutspec.tensor.Tensor;

/**
 * Which units a dropout layer kept, as what it gave shows: those of which at least half is left. What it took as 0 shows
 * nothing; then the mask counts that was given or reported, if there is one.
 */
final class ShownUnits {
    private final double[] taken;
    private final double[] given;
    private final Optional<Tensor> told;

    /**
     * @param taken what the layer took
     * @param given what it gave
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
