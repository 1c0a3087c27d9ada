package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Stretches of a mask that have been seen before, in the same call or an earlier one, at any offset.
 *
 * <p>Windows start where a call starts, and after a rare pattern in the mask itself: a run of the rarer symbol. A copy
 * has the pattern where the original has it, however far it was shifted, so that few windows need to be remembered.
 * Windows do not overlap, and what selects one lies before it; two of w bits are then equal with probability at most
 * (p^2 + (1-p)^2)^w. With the number of windows limited beforehand, w is chosen so that the probability of any
 * duplicate is at most 1e-16. Types that were asked the same rate are searched together: two copies of one stream, one for
 * each type, draw the same masks.
 *
 * <p>Half of the capital is on shorter ones, of which it takes several ({@link ShortStretches}).
 */
final class DuplicateFamily implements Family {
    /** ln of the inverse of the probability of any duplicate, at most: 1e-16. */
    private static final double LOG_E = -Math.log(1e-16);

    private static final int HORIZON = 1 << 24;
    /** At most so many windows are remembered at a rate; at most rates far fewer are seen. */
    private static final int MOST_SLOTS = 1 << 14;

    private static final int FEWEST_SLOTS = 1 << 8;
    private static final int LONGEST = 1024;

    private final Design design;
    /** By stratum, which of the windows are its own: those of the first stratum at nearly its rate. */
    private final int[] shared;
    /** One for each rate, at the place of its first stratum; null at the others. */
    private final Windows[] windows;
    /** As {@link #windows}. */
    private final ShortStretches[] shorter;

    DuplicateFamily(Design design) {
        this(design, shared(design), new Windows[design.size()], new ShortStretches[design.size()]);
        double[] least = new double[shared.length];
        double[] most = new double[shared.length];
        for (int s = 0; s < windows.length; s++) {
            int first = shared[s];
            double rare = Math.min(design.rate(s), 1 - design.rate(s));
            double rarest = windows[first] == null ? rare : Math.min(rare, windows[first].rare);
            windows[first] = new Windows(design.rate(first), rarest, design.resolution());
            least[first] = first == s ? design.rate(s) : Math.min(least[first], design.rate(s));
            most[first] = Math.max(most[first], design.rate(s));
            shorter[first] = new ShortStretches(least[first], most[first], design.resolution());
        }
    }

    private DuplicateFamily(Design design, int[] shared, Windows[] windows, ShortStretches[] shorter) {
        this.shorter = shorter;
        this.design = design;
        this.shared = shared;
        this.windows = windows;
    }

    private static int[] shared(Design design) {
        Map<Integer, Integer> first = new HashMap<>();
        int[] shared = new int[design.size()];
        for (int s = 0; s < shared.length; s++) {
            int key = Known.key(design.rate(s));
            first.putIfAbsent(key, s);
            shared[s] = first.get(key);
        }
        return shared;
    }

    /** What was seen at one rate. */
    private static final class Windows {
        private final double rare;
        private final boolean dropsAreRare;
        private final int run;
        private final int length;
        private final int stored;
        private int slots = FEWEST_SLOTS;
        private long[] contents;
        private long elements;
        private long seen;
        /** Windows of the whole stream, also of what this shard goes on from: the horizon is theirs together. */
        private long selected;

        private long repeated;
        /** Processes of which anything was seen, each up to the horizon: in any there may be a duplicate by chance. */
        private int processes;

        /** @param rare the smallest probability of the rarer symbol, which makes chance agreement likeliest */
        Windows(double rate, double rare, double resolution) {
            this.rare = rare;
            double worst = Math.max(0, rare - resolution);
            double match = Math.log(worst * worst + (1 - worst) * (1 - worst));
            double pairs = Math.log(0.5) + 2 * Math.log(HORIZON);
            double needed = match < 0 ? Math.ceil((pairs + LOG_E) / -match) : Double.POSITIVE_INFINITY;
            this.dropsAreRare = rate <= 0.5;
            this.run = (int) Math.max(1, Math.floor(Math.log(1024) / -Math.log(rare)));
            this.length = needed <= LONGEST ? (int) needed : 0;
            this.stored = PackedMask.wordsFor(length);
            // the word before the contents tells an empty slot from a used one, and the two ways to start
            this.contents = new long[length == 0 ? 0 : slots * (stored + 1)];
        }

        Windows(Windows other) {
            this.rare = other.rare;
            this.dropsAreRare = other.dropsAreRare;
            this.run = other.run;
            this.length = other.length;
            this.stored = other.stored;
            this.slots = other.slots;
            this.contents = other.contents.clone();
            this.selected = other.selected;
            this.processes = other.processes;
        }

        void observe(PackedMask mask) {
            elements += mask.size();
            if (length == 0 || mask.size() < length) {
                return;
            }
            compare(mask, 0, 1);
            long[] words = mask.words();
            long flip = dropsAreRare ? 0 : -1;
            int free = 0;
            for (int w = 0; (w << 6) + run + 1 + length <= mask.size(); w++) {
                long low = words[w] ^ flip;
                long high = (w + 1 < words.length ? words[w + 1] : 0) ^ flip;
                long starts = low;
                for (int i = 1; i < run; i++) {
                    starts &= low >>> i | high << 64 - i;
                }
                starts &= ~(low >>> run | high << 64 - run);
                for (; starts != 0; starts &= starts - 1) {
                    int start = (w << 6) + Long.numberOfTrailingZeros(starts);
                    if (start >= free && start + run + 1 + length <= mask.size()) {
                        compare(mask, start + run + 1, 2);
                        free = start + run + 1 + length;
                    }
                }
            }
        }

        private void compare(PackedMask mask, int from, long mark) {
            if (selected == HORIZON) {
                return;
            }
            selected++;
            seen++;
            processes = Math.max(1, processes);
            if (2 * selected > slots && slots < MOST_SLOTS) {
                grow();
            }
            long[] window = new long[stored + 1];
            window[0] = mark;
            for (int i = 0; i < stored; i++) {
                window[i + 1] = window(mask, from, i);
            }
            int slot = slot(window, 0);
            repeated += Arrays.equals(contents, slot, slot + window.length, window, 0, window.length) ? 1 : 0;
            System.arraycopy(window, 0, contents, slot, window.length);
        }

        /** Where the window that begins at {@code at} is remembered. */
        private int slot(long[] windows, int at) {
            long hash = windows[at];
            for (int i = 1; i <= stored; i++) {
                hash = (hash ^ windows[at + i]) * 0x9E37_79B9_7F4A_7C15L;
                hash ^= hash >>> 29;
            }
            return (int) (hash & slots - 1) * (stored + 1);
        }

        private void grow() {
            long[] known = contents;
            slots *= 2;
            contents = new long[slots * (stored + 1)];
            for (int at = 0; at < known.length; at += stored + 1) {
                if (known[at] != 0) {
                    System.arraycopy(known, at, contents, slot(known, at), stored + 1);
                }
            }
        }

        private long window(PackedMask mask, int from, int word) {
            long bits = mask.bits(from + (word << 6));
            int rest = length - (word << 6);
            return rest >= 64 ? bits : bits & (1L << rest) - 1;
        }
    }

    @Override
    public String name() {
        return "duplicate";
    }

    @Override
    public void observe(Draw draw) {
        int rate = shared[design.indexOf(draw.stratum())];
        windows[rate].observe(draw.mask());
        shorter[rate].observe(draw.mask());
    }

    @Override
    public void restarted() {
        Arrays.stream(windows).filter(Objects::nonNull).forEach(own -> Arrays.fill(own.contents, 0));
        Arrays.stream(shorter).filter(Objects::nonNull).forEach(ShortStretches::restarted);
    }

    @Override
    public DuplicateFamily continued() {
        return new DuplicateFamily(
                design,
                shared,
                Arrays.stream(windows)
                        .map(own -> own == null ? null : new Windows(own))
                        .toArray(Windows[]::new),
                Arrays.stream(shorter)
                        .map(own -> own == null ? null : own.continued())
                        .toArray(ShortStretches[]::new));
    }

    @Override
    public DuplicateFamily plus(Family later) {
        DuplicateFamily sum = ((DuplicateFamily) later).continued();
        for (int r = 0; r < windows.length; r++) {
            if (windows[r] == null) {
                continue;
            }
            Windows that = ((DuplicateFamily) later).windows[r];
            sum.windows[r].elements = windows[r].elements + that.elements;
            sum.windows[r].seen = windows[r].seen + that.seen;
            sum.windows[r].repeated = windows[r].repeated + that.repeated;
            sum.shorter[r] = shorter[r].plus(((DuplicateFamily) later).shorter[r]);
        }
        return sum;
    }

    @Override
    public void counted(Counts counts) {
        for (int r = 0; r < windows.length; r++) {
            Windows window = windows[r];
            if (window != null) {
                shorter[r].counted(counts);
                window.elements = counts.sum(window.elements);
                window.seen = counts.sum(window.seen);
                window.repeated = counts.sum(window.repeated);
                window.processes = Math.toIntExact(counts.sum(window.processes));
            }
        }
    }

    @Override
    public long elements() {
        return Arrays.stream(windows)
                .filter(Objects::nonNull)
                .mapToLong(own -> own.elements)
                .sum();
    }

    @Override
    public double logE() {
        double sum = Double.NEGATIVE_INFINITY;
        int rates = 0;
        for (int r = 0; r < windows.length; r++) {
            if (windows[r] != null) {
                sum = LogSpace.add(sum, LogSpace.add(logE(windows[r]), shorter[r].logE()));
                rates++;
            }
        }
        return sum - Math.log(2 * rates);
    }

    private static double logE(Windows window) {
        if (window.seen == 0) {
            return 0; // nothing was bet yet: such an e-value stays an e-value
        }
        return window.repeated > 0 ? LOG_E - Math.log(window.processes) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (int r = 0; r < windows.length; r++) {
            Windows window = windows[r];
            if (window != null && window.seen > 0) {
                findings.add(finding(r, window.length, window.seen, window.repeated, logE(window)));
            }
            ShortStretches own = shorter[r];
            if (own != null && own.seen() > 0) {
                findings.add(finding(r, own.length(), own.seen(), own.repeated(), own.logE()));
            }
        }
        return findings;
    }

    private Finding finding(int rate, int length, long seen, long repeated, double logE) {
        return new Finding(
                name(),
                new Place.Repeated(length),
                Finding.Given.NOTHING,
                design.strata().get(rate),
                seen,
                repeated,
                0,
                logE);
    }

    @Override
    public List<Bound> bounds(double alpha, double share) {
        return List.of();
    }
}
