package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CountsTest {
    static byte[] written(int process, MaskAnalysis analysis) {
        CountsWriter writer = new CountsWriter(process);
        analysis.families().forEach(family -> family.counted(writer));
        return writer.written();
    }

    private static MaskAnalysis of(List<Draw> draws) {
        MaskAnalysis analysis = ShardTest.analysis();
        draws.forEach(analysis::observe);
        return analysis;
    }

    static void read(MaskAnalysis into, byte[] written) {
        CountsReader reader = new CountsReader(written);
        into.families().forEach(family -> family.counted(reader));
        reader.requireEnd();
    }

    private static List<String> shown(List<Family> families) {
        return families.stream()
                .map(family -> family.name() + " " + family.elements() + " " + Double.doubleToLongBits(family.logE())
                        + " " + family.findings() + " " + family.bounds(1e-3))
                .toList();
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void countsAddUpInAnyOrder(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int shards) {
        List<MaskAnalysis> parts = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            parts.add(of(ShardTest.draws(new SplittableRandom(seed + shard), shard % 3 == 1 ? 0 : 12)));
        }
        List<byte[]> written = new ArrayList<>();
        for (MaskAnalysis part : parts) {
            written.add(written(written.size(), part));
        }
        MaskAnalysis inOrder = ShardTest.analysis();
        written.forEach(bytes -> read(inOrder, bytes));
        for (int f = 0; f < inOrder.families().size(); f++) {
            Family sum = inOrder.families().get(f);
            assertThat(sum.elements()).isGreaterThanOrEqualTo(largest(parts, f));
            // of triples the longest sequence is kept, and duplicates are worth less the more processes there are
            if (!Set.of("triple", "duplicate").contains(sum.name())) {
                assertThat(shown(List.of(sum))).as(sum.name()).isEqualTo(shown(List.of(added(parts, f))));
            }
        }
        Collections.shuffle(written, new Random(seed));
        MaskAnalysis shuffled = ShardTest.analysis();
        written.forEach(bytes -> read(shuffled, bytes));
        assertThat(written(9, shuffled)).isEqualTo(written(9, inOrder));
    }

    private static long largest(List<MaskAnalysis> parts, int family) {
        return parts.stream()
                .mapToLong(part -> part.families().get(family).elements())
                .max()
                .orElseThrow();
    }

    private static Family added(List<MaskAnalysis> parts, int family) {
        return parts.stream()
                .map(part -> part.families().get(family))
                .reduce(Family::plus)
                .orElseThrow();
    }

    @Test
    void whatWasAddedUpCanBeAddedOnceMore() {
        byte[] first = written(1, of(ShardTest.draws(new SplittableRandom(1), 30)));
        byte[] second = written(2, of(ShardTest.draws(new SplittableRandom(2), 30)));
        byte[] third = written(3, of(ShardTest.draws(new SplittableRandom(3), 30)));
        MaskAnalysis two = ShardTest.analysis();
        read(two, second);
        read(two, third);
        MaskAnalysis nested = ShardTest.analysis();
        read(nested, first);
        read(nested, written(0, two));
        MaskAnalysis flat = ShardTest.analysis();
        List.of(first, second, third).forEach(bytes -> read(flat, bytes));
        assertThat(written(0, nested)).isEqualTo(written(0, flat));
    }

    @Test
    void damagedEvidenceIsRefused() {
        byte[] written = written(0, of(ShardTest.draws(new SplittableRandom(1), 10)));
        assertThatThrownBy(() -> read(ShardTest.analysis(), Arrays.copyOf(written, written.length / 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("evidence is ");
        byte[] other = written.clone();
        other[0] ^= 0x55;
        assertThatThrownBy(() -> read(ShardTest.analysis(), other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("evidence is damaged");
        CountsReader half = new CountsReader(written);
        ShardTest.analysis().families().get(0).counted(half);
        assertThatThrownBy(half::requireEnd).hasMessage("evidence is longer than what was counted");
    }

    @Test
    void aHopelessBetLosesMoreThanALongHoldsAndStaysHopeless() {
        SpreadBets bets = new SpreadBets(0.5, 0);
        SpreadSums sums = new SpreadSums();
        // the words of 1e13 elements, all of which drop half: more than 2^63 units of 2^-28 nats for some bet
        sums.add(bets.of(64), 32, 160_000_000_000L);
        double[] gains = new double[SpreadBets.BETS];
        sums.addTo(gains);
        long[] once = bets.of(64).pay(32);
        for (int bet = 0; bet < gains.length; bet++) {
            double exact = once[bet] / SpreadBets.UNIT * 160e9;
            assertThat(gains[bet]).isBetween(exact - Math.abs(exact) * 1e-12, exact + Math.abs(exact) * 1e-12);
        }
        assertThat(Arrays.stream(gains).min().orElseThrow()).isLessThan(-Long.MAX_VALUE / SpreadBets.UNIT);
        double[] twice = new double[SpreadBets.BETS];
        sums.plus(sums).addTo(twice);
        assertThat(twice[SpreadBets.BETS - 1]).isEqualTo(2 * gains[SpreadBets.BETS - 1]);
    }
}
