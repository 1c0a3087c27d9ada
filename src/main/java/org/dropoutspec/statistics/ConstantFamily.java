package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.dropoutspec.tensor.DType;

/**
 * Single indices of large calls: elements that no call has dropped, or that no call has kept.
 *
 * <p>For every index, one bet stakes all it has on each call keeping the element, another on each call dropping it. A
 * call pays 1/(1-p), or 1/p, or all is lost. The gain of an index follows from the sizes and rates of the calls, and
 * one bit tells whether its bet still stands, so this takes a few operations a word. Half of the bets are on all calls
 * together, half on the calls of each type; all indices have equal shares.
 */
final class ConstantFamily implements Family {
    /** Indices from here on are not looked at. */
    private static final int INDICES = 1 << 17;

    private final Design design;
    private final WrongRate wrongRate;
    private final Standing all;
    private final Map<DType, Standing> byType;
    /** Whether the process may be repeating the one before, until a seed is set; such calls show nothing new. */
    private boolean repeats;

    ConstantFamily(Design design) {
        this(design, new WrongRate(design), new Standing(design.size()), new EnumMap<>(DType.class));
        for (Stratum stratum : design.strata()) {
            byType.computeIfAbsent(stratum.dtype(), any -> new Standing(design.size()));
        }
    }

    private ConstantFamily(Design design, WrongRate wrongRate, Standing all, Map<DType, Standing> byType) {
        this.design = design;
        this.wrongRate = wrongRate;
        this.all = all;
        this.byType = byType;
    }

    /** The bets of some calls that still stand. */
    private static final class Standing {
        private final int strata;
        /** A bit for each index: first whether no call dropped it, then whether no call kept it. */
        private final long[][] words = new long[2][INDICES >>> 6];
        /** The numbers of calls by size, cut to {@link #INDICES}, and stratum. */
        private final TreeMap<Integer, long[]> calls = new TreeMap<>();

        Standing(int strata) {
            this.strata = strata;
            for (long[] side : words) {
                Arrays.fill(side, -1);
            }
        }

        void add(int stratum, PackedMask mask) {
            int size = Math.min(mask.size(), INDICES);
            calls.computeIfAbsent(size, any -> new long[strata])[stratum]++;
            for (int w = 0; w < size + 63 >>> 6; w++) {
                long there = size - (w << 6) >= 64 ? -1 : (1L << size) - 1;
                words[0][w] &= ~mask.words()[w] | ~there;
                words[1][w] &= mask.words()[w] | ~there;
            }
        }

        void counted(Counts counts) {
            for (long[] side : words) {
                counts.all(side);
            }
            counts.sum(calls, strata, INDICES + 1);
        }

        Standing plus(Standing other) {
            Standing sum = new Standing(strata);
            for (Standing part : new Standing[] {this, other}) {
                for (int side = 0; side < words.length; side++) {
                    for (int w = 0; w < words[side].length; w++) {
                        sum.words[side][w] &= part.words[side][w];
                    }
                }
                part.calls.forEach((size, counts) -> {
                    long[] own = sum.calls.computeIfAbsent(size, any -> new long[strata]);
                    for (int s = 0; s < strata; s++) {
                        own[s] += counts[s];
                    }
                });
            }
            return sum;
        }

        /** The first index in [from, to) whose bet stands; -1 where none does. */
        int first(int side, int from, int to) {
            for (int i = from; i < to; i++) {
                if ((words[side][i >>> 6] >>> i & 1) == 1) {
                    return i;
                }
            }
            return -1;
        }

        int count(int side, int from, int to) {
            int count = 0;
            for (int w = from >>> 6; w < to + 63 >>> 6; w++) {
                long word = words[side][w];
                word &= w == from >>> 6 ? -1L << from : -1;
                word &= w == to >>> 6 ? (1L << to) - 1 : -1;
                count += Long.bitCount(word);
            }
            return count;
        }
    }

    /** Takes a range of indices that the same calls hold, whose bets have therefore gained the same. */
    private interface Stretch {
        /** @param counts the numbers of calls that hold these indices, by stratum */
        void of(Standing standing, int side, int from, int to, long[] counts, double gain);
    }

    @Override
    public String name() {
        return "constant";
    }

    @Override
    public void observe(Draw draw) {
        wrongRate.observe(draw);
        repeats &= !draw.seeded();
        if (!repeats && draw.mask().size() > 0) {
            int stratum = design.indexOf(draw.stratum());
            all.add(stratum, draw.mask());
            standing(draw.stratum().dtype()).add(stratum, draw.mask());
        }
    }

    private Standing standing(DType type) {
        return Objects.requireNonNull(byType.get(type));
    }

    @Override
    public void restarted() {
        repeats = true;
    }

    @Override
    public ConstantFamily continued() {
        ConstantFamily next = new ConstantFamily(design);
        next.repeats = repeats;
        return next;
    }

    @Override
    public ConstantFamily plus(Family later) {
        ConstantFamily that = (ConstantFamily) later;
        Map<DType, Standing> sum = new EnumMap<>(DType.class);
        byType.forEach((type, own) -> sum.put(type, own.plus(that.standing(type))));
        ConstantFamily both = new ConstantFamily(design, wrongRate.plus(that.wrongRate), all.plus(that.all), sum);
        both.repeats = that.repeats;
        return both;
    }

    @Override
    public void counted(Counts counts) {
        all.counted(counts);
        byType.values().forEach(standing -> standing.counted(counts));
        wrongRate.counted(counts);
    }

    @Override
    public long elements() {
        return wrongRate.elements();
    }

    private void judge(Stretch stretch) {
        judge(all, stretch);
        byType.values().forEach(standing -> judge(standing, stretch));
    }

    private void judge(Standing standing, Stretch stretch) {
        long[] counts = new long[design.size()];
        double[] gains = new double[2];
        int to = INDICES;
        for (Map.Entry<Integer, long[]> ofSize : standing.calls.descendingMap().entrySet()) {
            int size = ofSize.getKey();
            long[] more = ofSize.getValue();
            stretch(standing, size, to, counts, gains, stretch);
            for (int s = 0; s < counts.length; s++) {
                counts[s] += more[s];
                gains[0] += more[s] * gain(s, 0);
                gains[1] += more[s] * gain(s, 1);
            }
            to = size;
        }
        stretch(standing, 0, to, counts, gains, stretch);
    }

    private static void stretch(Standing standing, int from, int to, long[] counts, double[] gains, Stretch stretch) {
        for (int side = 0; from < to && side < gains.length; side++) {
            stretch.of(standing, side, from, to, counts, gains[side]);
        }
    }

    /** The least gain, in nats, from a call that goes as the bet has it, over the probabilities in the resolution. */
    private double gain(int stratum, int side) {
        double rate = design.rate(stratum);
        return side == 0
                ? -Math.log1p(-Math.max(0, rate - design.resolution()))
                : -Math.log(Math.min(1, rate + design.resolution()));
    }

    /** ln of the share of the bet on one side of one index. */
    private double logWeight(Standing standing) {
        return -Math.log(2.0 * INDICES) - Math.log(standing == all ? 2 : 2 * byType.size());
    }

    @Override
    public double logE() {
        double[] sum = {Double.NEGATIVE_INFINITY};
        judge((standing, side, from, to, counts, gain) -> {
            int count = standing.count(side, from, to);
            if (count > 0) {
                sum[0] = LogSpace.add(sum[0], logWeight(standing) + Math.log(count) + gain);
            }
        });
        return sum[0] - wrongRate.charges().all();
    }

    /** For each side, for all calls and for each type, the index that has gained most. */
    @Override
    public List<Finding> findings() {
        double charge = wrongRate.charges().all();
        List<Finding> findings = new ArrayList<>();
        judge((standing, side, from, to, counts, gain) -> {
            int index = gain > 0 ? standing.first(side, from, to) : -1;
            if (index >= 0) {
                int shown = 0;
                for (int s = 0; s < counts.length; s++) {
                    shown = counts[s] * gain(s, side) > counts[shown] * gain(shown, side) ? s : shown;
                }
                Stratum stratum = design.strata().get(shown);
                findings.add(new Finding(
                        name(),
                        new Place.Index(index),
                        Finding.Given.NOTHING,
                        stratum,
                        counts[shown],
                        side == 0 ? 0 : counts[shown],
                        stratum.rate(),
                        gain - charge));
            }
        });
        return findings;
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return List.of();
    }
}
