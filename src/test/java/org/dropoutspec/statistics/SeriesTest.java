package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What a picture is drawn from is what was counted. */
class SeriesTest {
    private static final Stratum HALF = new Stratum(DType.FLOAT32, 0.5);
    private static final Stratum OTHER_TYPE = new Stratum(DType.FLOAT64, 0.5);
    private static final Stratum TENTH = new Stratum(DType.FLOAT32, 0.1);
    private static final Design DESIGN = new Design(List.of(HALF, OTHER_TYPE, TENTH), 0x1p-20, Rows.NONE);

    private static final int SIZE = 3000;

    private static void observe(Family family, Stratum stratum, PackedMask mask) {
        family.observe(Draw.of(stratum, Shape.of(mask.size()), mask));
    }

    private static Series only(Family family, double rate) {
        assertThat(family.series(rate)).hasSize(1);
        return family.series(rate).get(0);
    }

    @Test
    void ofLagsOneRateOfAllTypesIsCountedAndTheDistanceThatStandsOutIsThere() {
        Family lags = Family.lags(DESIGN, List.of(Horizon.of(1024, DESIGN.strata())));
        SplittableRandom random = new SplittableRandom(1);
        PackedMask one = Masks.random(random, SIZE, 0.5);
        PackedMask again = Masks.of(SIZE, i -> one.dropped(i % 777));
        observe(lags, HALF, one);
        observe(lags, OTHER_TYPE, again);
        observe(lags, TENTH, Masks.random(random, SIZE, 0.1));
        Series counted = only(lags, 0.5);
        assertThat(counted.along()).isEqualTo("elements apart");
        assertThat(counted.counts()).containsKeys("1", "32", "1024", "777").doesNotContainKey("33");
        assertThat(counted.counts().get("777")).isEqualTo(naive(777, one, again));
        assertThat(counted.counts().get("3")).isEqualTo(naive(3, one, again));
        assertThat(lags.series(0.25)).isEmpty();
    }

    private static List<Long> naive(int lag, PackedMask... masks) {
        long[] counts = new long[4];
        for (PackedMask mask : masks) {
            for (int i = lag; i < mask.size(); i++) {
                counts[0]++;
                counts[1] += mask.dropped(i) ? 1 : 0;
                counts[2] += mask.dropped(i - lag) ? 1 : 0;
                counts[3] += mask.dropped(i) && mask.dropped(i - lag) ? 1 : 0;
            }
        }
        return List.of(counts[0], counts[1], counts[2], counts[3]);
    }

    @Test
    void ofCallsTheOneSoManyBeforeIsComparedAtTheSamePlace() {
        Family calls = Family.across(DESIGN, "call");
        SplittableRandom random = new SplittableRandom(2);
        PackedMask[] masks = new PackedMask[6];
        for (int call = 0; call < masks.length; call++) {
            masks[call] = call < 4 ? Masks.random(random, 64, 0.5) : masks[call - 3];
            observe(calls, HALF, masks[call]);
        }
        Series counted = only(calls, 0.5);
        assertThat(counted.along()).isEqualTo("calls before");
        assertThat(counted.counts().keySet()).containsExactly("1", "2", "3", "4", "5");
        long same = masks[1].count() + masks[2].count();
        long first = masks[0].count();
        long both = overlap(masks[0], masks[3]) + same;
        assertThat(counted.counts().get("3")).isEqualTo(List.of(192L, masks[3].count() + same, first + same, both));
    }

    private static long overlap(PackedMask one, PackedMask other) {
        long both = 0;
        for (int i = 0; i < one.size(); i++) {
            both += one.dropped(i) && other.dropped(i) ? 1 : 0;
        }
        return both;
    }

    @Test
    void ofPlacesElementsAndDropsAreCounted() {
        Family position = Family.position(DESIGN);
        observe(position, HALF, Masks.of(256, i -> i % 64 == 5 || i < 16));
        List<Series> series = position.series(0.5);
        assertThat(series.stream().map(Series::along))
                .containsExactly("index", "index modulo 64", "sixteenth of the call");
        assertThat(series.get(0).counts()).containsEntry("15", List.of(1L, 1L)).containsEntry("16", List.of(1L, 0L));
        assertThat(series.get(1).counts()).containsEntry("5", List.of(4L, 4L)).containsEntry("6", List.of(4L, 1L));
        assertThat(series.get(2).counts())
                .containsEntry("1", List.of(16L, 16L))
                .containsEntry("5", List.of(16L, 1L))
                .hasSize(16);
    }

    @Test
    void ofTheInputWhatWasKnownIsNamed() {
        Family strata = Family.strata(DESIGN, List.of("the input is negative", "never"));
        PackedMask negative = Masks.of(8, i -> i < 3);
        PackedMask none = Masks.of(8, i -> false);
        strata.observe(Draw.of(HALF, Shape.of(8), Masks.of(8, i -> i == 2 || i == 7))
                .with(negative, none));
        assertThat(only(strata, 0.5).counts()).containsOnlyKeys("the input is negative");
        assertThat(only(strata, 0.5).counts().get("the input is negative")).isEqualTo(List.of(3L, 1L));
    }

    @Test
    void ofSeedsThosePowersOfTwoApartAreCompared() {
        SeedStreams seeds = Family.seeds(DESIGN);
        PackedMask mask = Masks.of(64, i -> i % 2 == 0);
        for (long seed : List.of(100L, 101L, 108L)) {
            seeds.observe(seed, 1, Draw.of(HALF, Shape.of(64), mask));
        }
        Series counted = only(seeds, 0.5);
        assertThat(counted.along()).isEqualTo("seeds 2^k apart");
        assertThat(counted.counts()).containsOnlyKeys("0", "3");
        assertThat(counted.counts().get("3")).isEqualTo(List.of(64L, 32L, 32L, 32L));
    }
}
