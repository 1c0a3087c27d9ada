package org.dropoutspec.contract;

import static org.dropoutspec.contract.Applies.STREAM;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;

/** Seeds that may leave a generator in a state in which it drops all, nothing, or far too much. */
final class StuckSeeds {
    /** Enough elements that a mask which drops a third or two thirds of them is none that is drawn at rate .5. */
    private static final int ELEMENTS = 1024;

    private StuckSeeds() {}

    /** Requires about as many drops as the rate says after each of these seeds, in its own call and in the next. */
    static void requireNone() {
        CheckRun run = CheckRun.current();
        List<DType> types = CheckRun.calls().floating();
        int turn = 0;
        for (long seed : all(run.description().seeding().limit())) {
            // where new shapes are expensive, the call that is seeded anyway
            Call call = run.can(Capability.FEW_SHAPES)
                    ? Replay.plain(seed, run.description()).seeded()
                    : Steps.call(types.get(turn++ % types.size()), 0.5, ELEMENTS)
                            .withSeed(seed);
            requireAsManyDrops(call, "");
            if (STREAM.holdsFor(run.description())) {
                requireAsManyDrops(call.withoutSeed(), "in the call after that of seed " + seed + ": ");
            }
        }
    }

    private static long[] all(long limit) {
        LongStream edges = IntStream.of(8, 15, 16, 24, 31, 32, 48)
                .mapToLong(bits -> 1L << bits)
                .flatMap(power -> LongStream.of(power - 1, power));
        return LongStream.concat(LongStream.of(0, 1, 2, limit - 2, limit - 1), edges)
                .filter(seed -> seed < limit)
                .distinct()
                .toArray();
    }

    private static void requireAsManyDrops(Call call, String where) {
        CheckRun run = CheckRun.current();
        double resolution = run.description().choices().rateResolution();
        run.coincidences().spend(MaskAgreement.LEVEL);
        int drops = PackedMask.ofKept(Observation.of(call).shownMask()).count();
        int elements = call.shape().size();
        if (MaskAgreement.isTooFar(drops, elements, call.rate(), resolution)) {
            throw run.cause()
                    .ofMasks(run.violation(
                            where + "expected about " + Math.round(call.rate() * elements) + " of " + elements
                                    + " elements dropped, got " + drops,
                            call));
        }
    }
}
