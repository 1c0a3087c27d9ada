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
 * has the pattern where the original has it, however far it was shifted, so only few windows need to be remembered.
 * Windows do not overlap, and the pattern that selects a window lies before it. So two windows of w bits are equal with
 * probability (p^2 + (1-p)^2)^w at most. The number of windows is limited beforehand, and w is chosen so that the
 * probability of any duplicate is at most 1e-16. Types at the same asked rate are searched together, since two copies
 * of one stream, one for each type, draw the same masks.
 *
 * <p>Half of the capital is on shorter stretches, of which several repetitions are needed ({@link ShortStretches}).
 */
final class DuplicateFamily implements Family {
    /** -ln of 1e-16, the most that the probability of any duplicate can be. */
    private static final double LOG_E = -Math.log(1e-16);

    private static final int HORIZON = 1 << 24;
    /** The most windows that are remembered at a rate; at nearly all rates far fewer are seen. */
    private static final int MOST_SLOTS = 1 << 14;

    private static final int FEWEST_SLOTS = 1 << 8;
    private static final int LONGEST = 1024;

    private final Design design;
    /** The index in {@link #windows} for each stratum: that of the first stratum at nearly its rate. */
    private final int[] shared;
    /** The windows of each rate, at the index of its first stratum; null at the others. */
    private final Windows[] windows;
    /** The shorter stretches of each rate, at the same indices as {@link #windows}. */
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

    /** The windows at one rate. */
    private static final class Windows {
        private final double rare;
        private final int length;
        private final StretchStarts starts;
        private final StretchTable table;
        private long elements;
        private long seen;
        /** The windows selected in the whole stream, also before this shard began: the horizon limits them together. */
        private long selected;

        private long repeated;
        /** The processes of which a window was seen, each with a horizon and so with the chance of a duplicate. */
        private int processes;

        /** @param rare the smallest probability of the rarer symbol, at which two windows agree by chance most often */
        Windows(double rate, double rare, double resolution) {
            this.rare = rare;
            double worst = Math.max(0, rare - resolution);
            double match = Math.log(worst * worst + (1 - worst) * (1 - worst));
            double pairs = Math.log(0.5) + 2 * Math.log(HORIZON);
            double needed = match < 0 ? Math.ceil((pairs + LOG_E) / -match) : Double.POSITIVE_INFINITY;
            this.length = needed <= LONGEST ? (int) needed : 0;
            int run = (int) Math.max(1, Math.floor(Math.log(1024) / -Math.log(rare)));
            this.starts = new StretchStarts(length, run, rate <= 0.5);
            this.table = new StretchTable(length, FEWEST_SLOTS, MOST_SLOTS);
        }

        Windows(Windows other) {
            this.rare = other.rare;
            this.length = other.length;
            this.starts = other.starts;
            this.table = new StretchTable(other.table);
            this.selected = other.selected;
            this.processes = other.processes;
        }

        void observe(PackedMask mask) {
            elements += mask.size();
            if (length == 0 || mask.size() < length) {
                return;
            }
            compare(mask, 0, 1);
            starts.find(mask, 0, from -> compare(mask, from, 2));
        }

        private void compare(PackedMask mask, int from, long mark) {
            if (selected == HORIZON) {
                return;
            }
            selected++;
            seen++;
            processes = Math.max(1, processes);
            table.makeRoomFor(selected);
            int slot = table.slot(mask, from, mark);
            repeated += table.holds(slot, mask, from, mark) ? 1 : 0;
            table.put(slot, mask, from, mark);
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
        Arrays.stream(windows).filter(Objects::nonNull).forEach(own -> own.table.clear());
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
            return 0; // no bet was made yet, so the e-value is 1
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
