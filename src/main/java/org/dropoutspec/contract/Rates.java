package org.dropoutspec.contract;

import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;

/**
 * The drop rates that a check is about.
 *
 * @param drawn draws any of them
 * @param among whether a given rate is among them: a condition keeps its own rate if it is
 * @param held whether each is rounded to the element type, so that an implementation that does so changes nothing
 */
record Rates(Arbitrary<Double> drawn, DoublePredicate among, boolean held) {
    private static final List<Double> FAMILIAR = Stream.of(0.5f, 0.25f, 0.75f, 0.2f, 0.1f, 0.3f, 0.6f, 0.9f, 1 / 3f)
            .map(Float::doubleValue)
            .toList();

    /** Rates below 1. */
    static Rates ordinary() {
        return new Rates(ordinaryRates(), rate -> rate < 1, true);
    }

    /** Rates below 1; those drawn include the smallest and the largest that float32 holds. */
    static Rates belowOne() {
        return new Rates(ratesBelowOne(), rate -> rate < 1, true);
    }

    /** Rates from 0 to 1, without 1 where the implementation rejects it. */
    static Rates accepted(Description description) {
        Arbitrary<Double> accepted = Applies.RATE_ONE_ZEROS.holdsFor(description)
                ? Arbitraries.oneOf(ratesBelowOne(), Arbitraries.just(1.0))
                : ratesBelowOne();
        return new Rates(accepted, rate -> true, true);
    }

    /** These rates and no others. */
    static Rates only(Double... rates) {
        return new Rates(InTurn.of(List.of(rates)), rate -> false, true);
    }

    /** These rates as they are, whether or not the element type holds them. */
    static Rates unrounded(Arbitrary<Double> rates) {
        return new Rates(rates, rate -> false, false);
    }

    double forType(DType dtype, double rate) {
        return held ? held(dtype, rate) : rate;
    }

    /** The number of the type that is nearest to the rate, but 1 only for 1. */
    static double held(DType dtype, double rate) {
        double held = dtype.value(dtype.round(rate));
        return held < 1 || rate == 1 ? held : dtype.value(dtype.round(1) - 1);
    }

    /**
     * Rates from 2^-7 to 1 - 2^-7, all of them exact in float32, since a rate may travel as one; a quarter are
     * familiar. For a rate below a half, 1 - p is not exact in float32: so it shows if that is computed there for
     * float64.
     */
    static Arbitrary<Double> ordinaryRates() {
        Arbitrary<Double> familiar = Arbitraries.of(FAMILIAR);
        int named = FAMILIAR.size();
        // the first few numbers are familiar too, so that a counterexample shrinks towards those
        Arbitrary<Double> any = Arbitraries.integers()
                .between(0, named + (1 << 24))
                .withDistribution(RandomDistribution.uniform())
                .map(number -> number < named
                        ? FAMILIAR.get(number)
                        : (double) (float) (0x1p-7 + (1 - 0x1p-6) * Math.scalb((double) (number - named), -24)));
        return Arbitraries.frequencyOf(Tuple.of(1, familiar), Tuple.of(3, any));
    }

    /** Every kind of rate in [0, 1) that is exact in float32. */
    private static Arbitrary<Double> ratesBelowOne() {
        return Arbitraries.oneOf(
                ordinaryRates(),
                Arbitraries.of(0.0, 0x1p-149, 0x1p-126, 0x1p-32, 0x1p-24, 0x1p-10, 1 - 0x1p-10, 1 - 0x1p-24));
    }
}
