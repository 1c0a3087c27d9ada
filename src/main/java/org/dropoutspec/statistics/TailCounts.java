package org.dropoutspec.statistics;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The counts of {@link TailFamily} for one stratum: calls and, for each element, how many of them dropped it. */
final class TailCounts {
    private static final int WIDEST = 64;

    /** By the number of elements that vectors of 64 leave over: the calls, then the drops of each element left over. */
    private final TreeMap<Integer, long[]> left = new TreeMap<>();

    /** By the size of a call of up to 64: the calls, then the drops of each element. */
    private final TreeMap<Integer, long[]> small = new TreeMap<>();

    void add(PackedMask mask) {
        int size = mask.size();
        int over = size % WIDEST;
        if (over > 0) {
            add(left, over, mask.bits(size - over));
        }
        if (size > 0 && size <= WIDEST) {
            add(small, size, mask.bits(0));
        }
    }

    private static void add(Map<Integer, long[]> counts, int size, long dropped) {
        long[] own = counts.computeIfAbsent(size, any -> new long[1 + WIDEST]);
        own[0]++;
        for (long rest = dropped & -1L >>> WIDEST - size; rest != 0; rest &= rest - 1) {
            own[1 + Long.numberOfTrailingZeros(rest)]++;
        }
    }

    /** The counts of each element of calls of this size. */
    Tally ofSize(int size) {
        Tally tally = empty(size);
        add(tally, small.get(size), 0);
        return tally;
    }

    /** The counts of each element that vectors of this width leave over, in calls where {@code over} are left. */
    Tally left(int width, int over) {
        Tally tally = empty(over);
        for (int from = 0; from + over < WIDEST; from += width) {
            add(tally, left.get(from + over), from);
        }
        return tally;
    }

    private static Tally empty(int size) {
        return new Tally(new long[size], new long[size]);
    }

    private static void add(Tally tally, long @Nullable [] counts, int from) {
        for (int i = 0; counts != null && i < tally.elements().length; i++) {
            tally.elements()[i] += counts[0];
            tally.dropped()[i] += counts[1 + from + i];
        }
    }

    void counted(Counts walk) {
        walk.sum(left, 1 + WIDEST, WIDEST);
        walk.sum(small, 1 + WIDEST, 1 + WIDEST);
    }

    TailCounts plus(TailCounts other) {
        TailCounts sum = new TailCounts();
        for (TailCounts part : new TailCounts[] {this, other}) {
            add(sum.left, part.left);
            add(sum.small, part.small);
        }
        return sum;
    }

    private static void add(Map<Integer, long[]> sum, Map<Integer, long[]> part) {
        part.forEach((size, counts) -> {
            long[] own = sum.computeIfAbsent(size, any -> new long[1 + WIDEST]);
            Arrays.setAll(own, i -> own[i] + counts[i]);
        });
    }
}
