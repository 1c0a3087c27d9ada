package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How the drops of a call, of a row and of 64 neighbours are distributed around what the rate lets expect. */
final class DispersionFamily implements TableFamily {
    private static final int TINY = 16;
    private static final int MIN_ROW = 32;
    private static final int MAX_ROWS = 4096;
    private static final int WORD = 64;
    private static final List<String> KINDS = List.of("calls", "tiny calls", "rows");
    /** A row of sums: for each kind how many counts and what the bets gained, then a histogram of drops a word. */
    private static final int WIDTH = 1 + CountBets.BETS;

    private static final int WORDS = KINDS.size() * WIDTH;

    private static final List<Cell> CELLS = cells();

    private final CellTable table;
    private final long[][] sums;
    private final CountBets bets = new CountBets();
    /** By rate: that tiny calls drop everything, and that they drop nothing. */
    private final List<List<Together>> together;

    /** What all sizes say together: against every rate within the resolution, and against the rate itself. */
    private record Together(Place place, int from, TinyCalls wide, TinyCalls point) {
        static Together of(boolean everything, int from, double rate, double resolution) {
            List<Cell> cells = CELLS.subList(from, from + TINY);
            return new Together(
                    new Place.Whole(0, everything),
                    from,
                    new TinyCalls(cells, rate, resolution),
                    new TinyCalls(cells, rate, 0));
        }
    }

    DispersionFamily(Design design) {
        this(new CellTable(design, "dispersion", CELLS), new long[design.size()][WORDS + WORD + 1]);
    }

    private DispersionFamily(CellTable table, long[][] sums) {
        this.table = table;
        this.sums = sums;
        double resolution = table.design().resolution();
        this.together = table.design().strata().stream()
                .map(stratum -> List.of(
                        Together.of(true, 0, stratum.rate(), resolution),
                        Together.of(false, TINY, stratum.rate(), resolution)))
                .toList();
    }

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int size = 1; size <= TINY; size++) {
            cells.add(new Cell(new Place.Whole(size, true), Cell.Kind.ALL, 1, size));
        }
        for (int size = 1; size <= TINY; size++) {
            cells.add(new Cell(new Place.Whole(size, false), Cell.Kind.NOTHING, 1, size));
        }
        return cells;
    }

    @Override
    public CellTable table() {
        return table;
    }

    @Override
    public void observe(Draw draw) {
        long[] row = table.observe(draw);
        long[] own = sums[table.design().indexOf(draw.stratum())];
        PackedMask mask = draw.mask();
        int size = mask.size();
        if (size == 0) {
            return;
        }
        if (size <= TINY) {
            CellTable.add(row, size - 1, 1, mask.count() == size ? 1 : 0);
            CellTable.add(row, TINY + size - 1, 1, mask.count() == 0 ? 1 : 0);
        }
        add(own, size <= TINY ? 1 : 0, size, mask.count(), draw.rate());
        int width = LagFamily.stride(draw.shape(), 0);
        if (width >= MIN_ROW) {
            for (int i = 0; i < Math.min(size / width, MAX_ROWS); i++) {
                add(own, 2, width, mask.count(i * width, (i + 1) * width), draw.rate());
            }
        }
        for (int w = 0; w < size >>> 6; w++) {
            own[WORDS + Long.bitCount(mask.words()[w])]++;
        }
    }

    private void add(long[] own, int kind, int size, int count, double rate) {
        long[] pay = bets.pay(size, count, rate);
        own[kind * WIDTH]++;
        for (int i = 0; i < CountBets.BETS; i++) {
            own[kind * WIDTH + 1 + i] += pay[i];
        }
    }

    private long[] words(int stratum) {
        double rate = table.design().rate(stratum);
        long[] words = new long[WIDTH];
        long[] own = sums[stratum];
        for (int count = 0; count <= WORD; count++) {
            long times = own[WORDS + count];
            if (times > 0) {
                long[] pay = bets.pay(WORD, count, rate);
                words[0] += times;
                for (int i = 0; i < CountBets.BETS; i++) {
                    words[1 + i] += times * pay[i];
                }
            }
        }
        return words;
    }

    @Override
    public DispersionFamily continued() {
        return new DispersionFamily(table.empty(), new long[sums.length][WORDS + WORD + 1]);
    }

    @Override
    public DispersionFamily plus(Family later) {
        DispersionFamily that = (DispersionFamily) later;
        long[][] sum = new long[sums.length][];
        for (int r = 0; r < sum.length; r++) {
            sum[r] = sums[r].clone();
            for (int i = 0; i < sum[r].length; i++) {
                sum[r][i] += that.sums[r][i];
            }
        }
        return new DispersionFamily(table.plus(that.table), sum);
    }

    @Override
    public double logE() {
        List<List<Finding>> byStratum =
                IntStream.range(0, sums.length).mapToObj(this::counts).toList();
        int ways = byStratum.get(0).size();
        // a share each for the tiny calls by size, the kinds of counts, the words, and twice for tiny calls of all
        // sizes
        double sum = table.logE();
        for (int way = 0; way < ways; way++) {
            int which = way;
            sum = LogSpace.add(
                    sum,
                    Disjoint.together(byStratum.stream()
                            .mapToDouble(counts -> counts.get(which).logE())
                            .toArray()));
        }
        return sum - Math.log(ways + 1);
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(table.findings());
        for (int s = 0; s < sums.length; s++) {
            counts(s).stream().filter(finding -> finding.elements() > 0).forEach(findings::add);
        }
        return findings;
    }

    private List<Finding> counts(int stratum) {
        List<Finding> findings = new ArrayList<>();
        for (int kind = 0; kind < KINDS.size(); kind++) {
            findings.add(finding(KINDS.get(kind), stratum, sums[stratum], kind * WIDTH));
        }
        findings.add(finding("words of 64", stratum, words(stratum), 0));
        together.get(stratum).forEach(bets -> findings.add(finding(bets, stratum)));
        return findings;
    }

    private Finding finding(Together tiny, int stratum) {
        double rate = table.design().rate(stratum);
        List<RateCount> counts = new ArrayList<>();
        RateCount all = RateCount.NONE;
        double expected = 0;
        for (int cell = tiny.from(); cell < tiny.from() + TINY; cell++) {
            RateCount count = table.count(stratum, cell);
            counts.add(count);
            all = all.plus(count);
            expected += count.elements() * CELLS.get(cell).expected(rate);
        }
        double excess = table.total(stratum).excess(rate);
        double logE = all.elements() == 0
                ? 0
                : Math.min(tiny.wide().logE(counts), tiny.point().logE(counts) - excess);
        return new Finding(
                name(),
                tiny.place(),
                Finding.Given.NOTHING,
                table.design().strata().get(stratum),
                all.elements(),
                all.dropped(),
                expected / all.elements(),
                logE);
    }

    /** Of counts there is no single number of drops; the place tells which way they err. */
    private Finding finding(String unit, int stratum, long[] own, int from) {
        double rate = table.design().rate(stratum);
        long even = Long.MIN_VALUE;
        long uneven = Long.MIN_VALUE;
        for (int i = 0; i < CountBets.BETS; i++) {
            long gain = own[from + 1 + i];
            even = i < CountBets.BETS / 2 ? Math.max(even, gain) : even;
            uneven = i < CountBets.BETS / 2 ? uneven : Math.max(uneven, gain);
        }
        // a rate that jitters moves the total as well: only what the resolution explains is taken off
        double excess = table.total(stratum).excess(rate, table.design().resolution());
        double logE = own[from] == 0 ? 0 : CountBets.logE(own, from + 1) - excess;
        return new Finding(
                name(),
                new Place.Spread(unit, even > uneven),
                Finding.Given.NOTHING,
                table.design().strata().get(stratum),
                own[from],
                0,
                rate,
                logE);
    }
}
