package org.dropoutspec.sampling;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.statistics.Ledger;
import org.dropoutspec.tensor.DType;

/**
 * What every part of a trial knows.
 *
 * @param selected the ids of the requirements that are asked about
 * @param made the inputs, as far as they were needed yet
 */
record Setting(
        Description description,
        Plan plan,
        Ledger ledger,
        long seed,
        Set<String> selected,
        Asker asker,
        Map<DType, Inputs> made) {
    /** The probability that a certified bound is wrong, for each requirement. */
    private static final double WRONG_BOUND = 1e-9;

    Setting(Description description, Plan plan, Ledger ledger, long seed, Set<String> selected, Asker asker) {
        this(description, plan, ledger, seed, selected, asker, new EnumMap<>(DType.class));
    }

    /** The inputs of the type, which all its calls share. */
    Inputs inputs(DType dtype) {
        return made.computeIfAbsent(dtype, type -> new Inputs(type, seedFor("input " + type)));
    }

    List<DType> dtypes() {
        return Stream.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)
                .filter(description.dtypes()::contains)
                .toList();
    }

    boolean takesSeeds() {
        return description.can(Capability.SEED);
    }

    double resolution() {
        return description.choices().rateResolution();
    }

    /** A seed of its own for each part, so that a part asks the same alone as among all others. */
    long seedFor(String part) {
        return new SplittableRandom(seed ^ part.hashCode() * 0x9E37_79B9_7F4A_7C15L).nextLong();
    }

    /** The same in [0, 2^53), for a call. */
    long callSeedFor(String part) {
        return seedFor(part) >>> 11;
    }

    /** ln E at which one of {@code parts} parts of a requirement's check rejects; together they keep its share. */
    double threshold(String requirement, int parts) {
        return ledger.share(requirement).threshold() + Math.log(parts);
    }

    /** The level of the confidence sequences of one of so many parts. */
    double alpha(int parts) {
        return WRONG_BOUND / parts;
    }
}
