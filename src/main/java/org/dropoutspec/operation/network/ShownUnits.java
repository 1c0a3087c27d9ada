package org.dropoutspec.operation.network;

import java.util.Optional;
import org.dropoutspec.tensor.Tensor;

/**
 * Which units a dropout layer kept, as what it gave shows: those of which at least half is left. What it took as 0 shows
 * nothing; then the mask counts that was given or reported, if there is one.
 *
 * @param taken what the layer took
 * @param given what it gave
 * @param told the mask that was given or reported
 */
record ShownUnits(Tensor taken, Tensor given, Optional<Tensor> told) {

    boolean isKnown(int unit) {
        return taken.value(unit) != 0 || told.isPresent();
    }

    boolean isKept(int unit) {
        double x = taken.value(unit);
        return x == 0
                ? told.map(mask -> mask.bool(unit) != 0).orElse(true)
                : !(Math.abs(given.value(unit)) < Math.abs(x) / 2);
    }
}
