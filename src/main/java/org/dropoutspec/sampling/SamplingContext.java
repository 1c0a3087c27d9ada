package org.dropoutspec.sampling;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.dropoutspec.condition.Repertoire;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.statistics.Ledger;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * The data that every part of the sampling shares.
 *
 * @param selected the ids of the requirements that are asked about
 * @param repertoire the calls that may be asked
 * @param certifiedStrata the rates that a pass certifies: near .5, .1, .9 and .05, each the number that float32 and the
 *     type both hold, since an implementation may receive its rate in either
 * @param gradientsTell whether a gradient shows the mask where the input is 0; false where gradients are wrong
 */
record SamplingContext(
        Description description,
        Plan plan,
        Ledger ledger,
        long seed,
        Set<String> selected,
        Sampler sampler,
        Repertoire repertoire,
        List<Stratum> certifiedStrata,
        boolean gradientsTell) {
    /** The probability that a certified bound is wrong, for each requirement. */
    private static final double WRONG_BOUND = 1e-9;

    private static final List<Float> CERTIFIED_RATES = List.of(0.5f, 0.1f, 0.9f, 0.05f);

    static SamplingContext of(
            Description description,
            Plan plan,
            Ledger ledger,
            long seed,
            Set<String> selected,
            Sampler sampler,
            Repertoire repertoire,
            boolean gradientsTell) {
        List<Stratum> certified = DType.floating(description.dtypes()).stream()
                .flatMap(dtype ->
                        CERTIFIED_RATES.stream().map(rate -> new Stratum(dtype, dtype.value(dtype.round(rate)))))
                .toList();
        return new SamplingContext(
                description, plan, ledger, seed, Set.copyOf(selected), sampler, repertoire, certified, gradientsTell);
    }

    /** The source of calls. */
    CallDraw draw() {
        return sampler.draw();
    }

    /** Which strata could be asked. */
    Expressed expressed() {
        return sampler.expressed();
    }

    /** The context for a part whose calls do not depend on which other parts are asked. */
    SamplingContext part(String name) {
        return new SamplingContext(
                description,
                plan,
                ledger,
                seed,
                selected,
                sampler.part(seedFor(name)),
                repertoire,
                certifiedStrata,
                gradientsTell);
    }

    SamplingContext with(Plan other) {
        return new SamplingContext(
                description, other, ledger, seed, selected, sampler, repertoire, certifiedStrata, gradientsTell);
    }

    /** The floating types that are declared, the plainest first. */
    List<DType> dtypes() {
        return DType.floating(description.dtypes());
    }

    boolean takesSeeds() {
        return description.can(Capability.SEED);
    }

    /** The number of bits of a seed: seeds are below 2 to this power. */
    int seedBits() {
        return description.seeding().bits();
    }

    /** A large shape, for errors that only many elements show. */
    Shape large(DType dtype) {
        return plain(dtype, Shape.of(131_075));
    }

    /** This shape; where only few shapes are asked, the one that stands in for it. */
    Shape plain(DType dtype, Shape shape) {
        return repertoire.plain(dtype, false, shape);
    }

    /** The least number of elements that the plan asks, all types together. */
    long wanted() {
        return plan.elements() * dtypes().size();
    }

    double resolution() {
        return description.choices().rateResolution();
    }

    /** A seed of its own for each part. */
    long seedFor(String part) {
        return seedFor(seed, part);
    }

    static long seedFor(long seed, String part) {
        return new SplittableRandom(seed ^ part.hashCode() * 0x9E37_79B9_7F4A_7C15L).nextLong();
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
