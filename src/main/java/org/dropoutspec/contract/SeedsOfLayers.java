package org.dropoutspec.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** Layers may compute seeds from their number and a given seed: two with different seeds may then get the same one. */
final class SeedsOfLayers {
    private static final int LAYERS = 16;
    private static final int FEW_LAYERS = 4;
    /** Consecutive seeds, and some as far apart as the factors by which people multiply a layer's number. */
    private static final List<Long> SEEDS = LongStream.concat(
                    LongStream.rangeClosed(1, LAYERS + 1), LongStream.of(33, 65, 101, 129, 257, 1001))
            .boxed()
            .toList();

    private static final List<Long> FEW_SEEDS = List.of(1L, 2L, 3L, 4L, 5L);

    private SeedsOfLayers() {}

    /** Which layer drew a mask, and with which seed. */
    private record Seeded(int instance, long seed) {}

    static void requireDifferentMasks() {
        CheckRun run = CheckRun.current();
        boolean plain = run.session().operation().site().isEmpty();
        Call call = Steps.mostPlain().call();
        Map<Tensor, Seeded> seen = new HashMap<>();
        for (int instance = 0; instance < (plain ? LAYERS : FEW_LAYERS); instance++) {
            for (long seed : plain ? SEEDS : FEW_SEEDS) {
                Call seeded = call.withSeed(seed);
                Tensor mask = Observation.ofInstance(seeded, instance).shownMask();
                Seeded before = seen.putIfAbsent(mask, new Seeded(instance, seed));
                run.coincidences()
                        .spend(seen.size()
                                * FalseAlarmShares.equal(
                                        mask.size(), run.description().choices().rateResolution()));
                if (before != null && before.seed() != seed) { // layers with equal seeds may draw the same
                    MaskEquality.excluded(
                            mask,
                            mask,
                            "instance " + before.instance() + " with seed " + before.seed() + " and instance "
                                    + instance + " with seed " + seed,
                            seeded);
                }
            }
        }
    }
}
