package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The spread of the numbers of drops in calls, in rows and in words of 64 neighbours, against what the rate lets
 * expect.
 *
 * <p>The null has two parts. In the first, every element, whatever came before it, is dropped with a probability within
 * the resolution of the rate, which an adversary may choose; every bet by itself holds against this. In the second, all
 * elements of a stratum are dropped independently at some other constant rate, which is wrong but no evidence for
 * uneven counts; a bet holds after the {@link RateCount#excess(double, double) excess} of the observed rate is taken
 * off. A rate that jitters moves the observed rate too, but only by as much as one count in many does.
 */
final class DispersionFamily implements TableFamily {
    private static final int MIN_ROW = 32;
    private static final int MAX_ROWS = 4096;
    private static final int WORD = 64;
    private static final int MIDDLE = 1 << 10;
    private static final int LARGE = 1 << 15;
    private static final List<String> UNITS = List.of(
            Place.Spread.LARGEST,
            "calls of 1,024 to 32,767 elements",
            "calls of 64 to 1,023 elements",
            "calls of 32 to 63 elements",
            "calls of 16 to 31 elements",
            "calls of 8 to 15 elements",
            "calls of up to 7 elements",
            "rows",
            "words of 64");
    private static final SpreadSums NONE = new SpreadSums();
    private static final int OF_CALLS = 7;
    private static final int ROWS = OF_CALLS;
    private static final int WORDS = ROWS + 1;

    private final CellTable table;
    /** By stratum. */
    private final SpreadBets[] bets;
    /** Gains of the bets by stratum and unit; words are counted by their drops, and pay when gains are asked for. */
    private final SpreadSums[][] sums;

    private final long[][] words;
    /** The gains by stratum and size, for calls of 2 to 64 elements. */
    private final List<Map<Integer, SpreadSums>> small;

    /** Tiny calls that drop everything and tiny calls that drop nothing, by stratum. */
    private final List<List<WholeCalls>> whole;

    DispersionFamily(Design design) {
        this(
                new CellTable(design, "dispersion", WholeCalls.CELLS),
                design.strata().stream()
                        .map(stratum -> new SpreadBets(stratum.rate(), design.resolution()))
                        .toArray(SpreadBets[]::new),
                design.strata().stream()
                        .map(stratum -> List.of(
                                WholeCalls.of(stratum, true, design.resolution()),
                                WholeCalls.of(stratum, false, design.resolution())))
                        .toList());
    }

    private DispersionFamily(CellTable table, SpreadBets[] bets, List<List<WholeCalls>> whole) {
        this(
                table,
                bets,
                whole,
                new SpreadSums[bets.length][WORDS],
                new long[bets.length][WORD + 1],
                Stream.<Map<Integer, SpreadSums>>generate(TreeMap::new)
                        .limit(bets.length)
                        .toList());
        for (SpreadSums[] own : sums) {
            Arrays.setAll(own, unit -> new SpreadSums());
        }
    }

    private DispersionFamily(
            CellTable table,
            SpreadBets[] bets,
            List<List<WholeCalls>> whole,
            SpreadSums[][] sums,
            long[][] words,
            List<Map<Integer, SpreadSums>> small) {
        this.table = table;
        this.small = small;
        this.bets = bets;
        this.whole = whole;
        this.sums = sums;
        this.words = words;
    }

    @Override
    public CellTable table() {
        return table;
    }

    @Override
    public void observe(Draw draw) {
        long[] row = table.observe(draw);
        int stratum = table.design().indexOf(draw.stratum());
        PackedMask mask = draw.mask();
        int size = mask.size();
        if (size == 0) {
            return;
        }
        SpreadSums[] own = sums[stratum];
        if (size <= WholeCalls.TINY) {
            WholeCalls.count(row, mask);
        }
        own[ofCalls(size)].add(bets[stratum].of(size), mask.count(), 1);
        if (isSmall(size)) {
            sumsOf(stratum, size).add(bets[stratum].of(size), mask.count(), 1);
        }
        int width = LagCells.stride(draw.layout(), 0);
        if (width >= MIN_ROW) {
            SpreadBets.Counts ofRows = bets[stratum].of(width);
            for (int i = 0; i < Math.min(size / width, MAX_ROWS); i++) {
                own[ROWS].add(ofRows, mask.count(i * width, (i + 1) * width), 1);
            }
        }
        for (int w = 0; w < size >>> 6; w++) {
            words[stratum][Long.bitCount(mask.words()[w])]++;
        }
    }

    /** The unit of a call of this size. With fewer units, calls of other sizes would outvote those with a defect. */
    private static int ofCalls(int size) {
        if (size >= WORD) {
            return size >= LARGE ? 0 : size >= MIDDLE ? 1 : 2;
        }
        int octave = Integer.numberOfLeadingZeros(size) - Integer.numberOfLeadingZeros(WORD);
        return Math.min(OF_CALLS - 1, 2 + octave);
    }

    /** Calls of one element are left out, since their number of drops is the element itself. */
    private static boolean isSmall(int size) {
        return size > 1 && size <= WORD;
    }

    private SpreadSums sumsOf(int stratum, int size) {
        return small.get(stratum).computeIfAbsent(size, any -> new SpreadSums());
    }

    /** The gains of the bets on one unit. */
    private SpreadSums sums(int stratum, int unit) {
        if (unit < WORDS) {
            return sums[stratum][unit];
        }
        SpreadSums sum = new SpreadSums();
        for (int count = 0; count <= WORD; count++) {
            if (words[stratum][count] > 0) {
                sum.add(bets[stratum].of(WORD), count, words[stratum][count]);
            }
        }
        return sum;
    }

    @Override
    public DispersionFamily continued() {
        SpreadBets[] own = Arrays.stream(bets).map(SpreadBets::forgetful).toArray(SpreadBets[]::new);
        return new DispersionFamily(table.empty(), own, whole);
    }

    @Override
    public DispersionFamily plus(Family later) {
        DispersionFamily that = (DispersionFamily) later;
        DispersionFamily both = new DispersionFamily(table.plus(that.table), that.bets, whole);
        for (int s = 0; s < bets.length; s++) {
            for (int unit = 0; unit < WORDS; unit++) {
                both.sums[s][unit] = sums[s][unit].plus(that.sums[s][unit]);
            }
            for (int count = 0; count <= WORD; count++) {
                both.words[s][count] = words[s][count] + that.words[s][count];
            }
            for (DispersionFamily part : List.of(this, that)) {
                Map<Integer, SpreadSums> sum = both.small.get(s);
                part.small.get(s).forEach((size, own) -> sum.merge(size, own, SpreadSums::plus));
            }
        }
        return both;
    }

    @Override
    public void counted(Counts counts) {
        table.counted(counts);
        for (int s = 0; s < sums.length; s++) {
            for (SpreadSums own : sums[s]) {
                own.counted(counts);
            }
            counts.sum(words[s]);
            for (int size = 2; size <= WORD; size++) {
                if (counts.present(small.get(s).containsKey(size))) {
                    sumsOf(s, size).counted(counts);
                }
            }
        }
    }

    @Override
    public double logE() {
        // equal shares for: the tiny calls by size, the small calls by size, every unit, and two for the tiny calls of
        // all sizes together
        List<Double> shares = new ArrayList<>(List.of(table.logE(), logEOfSmall()));
        for (int unit = 0; unit < UNITS.size(); unit++) {
            int each = unit;
            shares.add(logE(s -> sums(s, each)));
        }
        for (int way = 0; way < 2; way++) {
            int which = way;
            shares.add(Disjoint.together(whole.stream()
                    .mapToDouble(calls -> calls.get(which).finding(table).logE())
                    .toArray()));
        }
        double sum = Double.NEGATIVE_INFINITY;
        for (double share : shares) {
            sum = LogSpace.add(sum, share);
        }
        return sum - Math.log(shares.size());
    }

    /** ln of the mean over the sizes of small calls. */
    private double logEOfSmall() {
        double sum = Double.NEGATIVE_INFINITY;
        for (int size = 2; size <= WORD; size++) {
            int own = size;
            boolean drawn = small.stream().anyMatch(sizes -> sizes.containsKey(own));
            // a size that was never drawn is a bet that was never made
            sum = LogSpace.add(sum, drawn ? logE(s -> small.get(s).getOrDefault(own, NONE)) : 0);
        }
        return sum - Math.log(WORD - 1);
    }

    /** ln of the e-value: half on every stratum for itself, half on one bet for all, as for a cell of a table. */
    private double logE(IntFunction<SpreadSums> counted) {
        double[] apart = new double[bets.length];
        double[] alike = new double[SpreadBets.BETS];
        double excess = 0;
        for (int s = 0; s < bets.length; s++) {
            SpreadSums own = counted.apply(s);
            apart[s] = logE(own, s);
            own.addTo(alike);
            excess += own.counts() == 0 ? 0 : excess(s);
        }
        double each = Disjoint.together(apart);
        return bets.length == 1 ? each : LogSpace.add(each, SpreadBets.logE(alike) - excess) - Math.log(2);
    }

    private double logE(SpreadSums own, int stratum) {
        double[] gains = new double[SpreadBets.BETS];
        own.addTo(gains);
        return own.counts() == 0 ? 0 : SpreadBets.logE(gains) - excess(stratum);
    }

    private double excess(int stratum) {
        Design design = table.design();
        return table.total(stratum).excess(design.rate(stratum), design.resolution());
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(table.findings());
        IntStream.range(0, bets.length).forEach(s -> {
            IntStream.range(0, UNITS.size()).forEach(unit -> findings.add(finding(UNITS.get(unit), sums(s, unit), s)));
            small.get(s).forEach((size, own) -> findings.add(finding("calls of " + size + " elements", own, s)));
            whole.get(s).forEach(calls -> findings.add(calls.finding(table)));
        });
        findings.removeIf(finding -> finding.elements() == 0);
        return findings;
    }

    /** A finding about counts, without a number of drops; the place tells whether they vary too little or too much. */
    private Finding finding(String unit, SpreadSums own, int stratum) {
        return new Finding(
                name(),
                new Place.Spread(unit, own.isEven()),
                Finding.Given.NOTHING,
                table.design().strata().get(stratum),
                own.counts(),
                0,
                table.design().rate(stratum),
                logE(own, stratum));
    }

    @Override
    public List<Undecidable> undecidable() {
        List<Undecidable> all = new ArrayList<>();
        for (int s = 0; s < bets.length; s++) {
            for (int unit = 0; unit < UNITS.size(); unit++) {
                SpreadSums own = sums(s, unit);
                Stratum stratum = table.design().strata().get(s);
                String name = UNITS.get(unit);
                all.add(new Undecidable(stratum, name, 0.5, own.lost(EvenBets.HALF_VARIANCE), own.counts()));
                all.add(new Undecidable(stratum, name, 0, own.lost(EvenBets.FIXED_NUMBER), own.counts()));
            }
        }
        all.removeIf(what -> what.counts() == 0);
        return all;
    }
}
