package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dropoutspec.tensor.Shape;

/**
 * Elements of one call by an earlier one of the same call, in row-major order: at every distance up to the longest horizon,
 * at powers of two and half as much again beyond it, around the strides of the call's own shape, at a half, a quarter and
 * an eighth of the call, as where threads draw alike, mirrored in the middle, of what is left over behind whole vectors the
 * first elements of the call, the last vector and the element before, where chunks and parts begin the element before, and
 * the same in calls of two, of three and of four elements.
 *
 * <p>Half of the bet is spread evenly over the lags, in equal parts for each horizon. Of the other half two fifths are on
 * the strides, a tenth on the parts of a call, a quarter on the nearest eight, a quarter on the powers of two.
 */
final class LagFamily implements Family {
    private static final String[] AXES = {"row", "plane", "example"};
    private static final int[][] DISTANCES = {{1, 0}, {1, -1}, {1, 1}, {2, 0}, {4, 0}};
    private static final int[] PARTS = {2, 4, 8};
    /** Of vectors: a loop over what they leave over may begin where the call began. */
    private static final int[] WIDTHS = {4, 8, 16, 32, 64};

    /** Chunks of 64 to 65,536 elements: where one begins, the word that ended the one before may come again. */
    private static final int SEAMS = 11;

    /** Tiny calls, each size apart: what is wrong there, the pairs of all other calls would outvote. */
    private static final int TINY = 4;

    private static final double OF_TINY = 0.005;

    /** The share of the bet that is on each way to divide a call. */
    private static final double OF_PARTS = 0.05 / (PARTS.length + 6);

    private static final int NEAREST = 8;

    /** In a series. */
    private static final int SHOWN = 32;

    private static final int STANDING_OUT = 3;
    private static final List<Integer> POWERS = powers();

    /** The totals, the strides, and the lags beyond the longest horizon. */
    private final CellTable strides;

    private final int[] beyond;
    private final List<LagTier> tiers;
    private final Bets bets;
    private final WrongRate wrongRate;

    LagFamily(Design design, List<Horizon> horizons) {
        this.tiers = tiers(design, horizons);
        int longest = tiers.get(tiers.size() - 1).last();
        this.beyond = POWERS.stream()
                .mapToInt(Integer::intValue)
                .filter(lag -> lag > longest)
                .toArray();
        this.strides = new CellTable(design, "lag", cells(beyond));
        this.bets = new Bets(design);
        this.wrongRate = new WrongRate(design);
    }

    private LagFamily(CellTable strides, int[] beyond, List<LagTier> tiers, Bets bets, WrongRate wrongRate) {
        this.bets = bets;
        this.wrongRate = wrongRate;
        this.strides = strides;
        this.beyond = beyond;
        this.tiers = tiers;
    }

    private static List<LagTier> tiers(Design design, List<Horizon> horizons) {
        List<LagTier> tiers = new ArrayList<>();
        int first = 1;
        for (Horizon horizon : horizons) {
            if (horizon.lags() < Math.max(first, NEAREST)) {
                throw new IllegalArgumentException(
                        "horizons (" + horizons.stream().map(Horizon::lags).toList()
                                + " lags) must begin with at least " + NEAREST + " and grow");
            }
            tiers.add(new LagTier(design, first, horizon));
            first = horizon.lags() + 1;
        }
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("horizons must be at least one");
        }
        return List.copyOf(tiers);
    }

    private static List<Integer> powers() {
        List<Integer> powers = new ArrayList<>();
        for (int power = 4; power <= 22; power++) {
            powers.add(3 << power - 2);
            powers.add(1 << power);
        }
        return powers;
    }

    private static List<Cell> cells(int[] beyond) {
        List<Cell> cells = new ArrayList<>();
        for (String axis : AXES) {
            for (int[] distance : DISTANCES) {
                Place place = new Place.Stride(axis, distance[0], distance[1]);
                cells.add(new Cell(place, Cell.Kind.PAIR, 0.2 / (DISTANCES.length * AXES.length), 0));
            }
        }
        for (int lag : beyond) {
            cells.add(new Cell(new Place.Lag(lag), Cell.Kind.PAIR, 0.125 / POWERS.size(), 0));
        }
        for (int parts : PARTS) {
            cells.add(new Cell(new Place.PartBefore(parts), Cell.Kind.PAIR, OF_PARTS, 0));
        }
        cells.add(new Cell(new Place.Mirrored(), Cell.Kind.PAIR, OF_PARTS, 0));
        for (int width : WIDTHS) {
            cells.add(new Cell(new Place.TailByHead(width), Cell.Kind.PAIR, OF_PARTS / WIDTHS.length, 0));
        }
        for (int width : WIDTHS) {
            cells.add(new Cell(new Place.TailByBefore(width, width), Cell.Kind.PAIR, OF_PARTS / WIDTHS.length, 0));
            cells.add(new Cell(new Place.TailByBefore(width, 1), Cell.Kind.PAIR, OF_PARTS / WIDTHS.length, 0));
        }
        for (int level = 0; level < SEAMS; level++) {
            cells.add(new Cell(new Place.ChunkSeam(64 << level), Cell.Kind.PAIR, OF_PARTS / SEAMS, 0));
        }
        for (int parts : PARTS) {
            cells.add(new Cell(new Place.PartSeam(parts), Cell.Kind.PAIR, OF_PARTS / PARTS.length, 0));
        }
        for (int size = 2; size <= TINY; size++) {
            cells.add(new Cell(new Place.NeighbourOf(size), Cell.Kind.PAIR, OF_TINY, 0));
        }
        return cells;
    }

    /** The share of the bet that is on a lag. */
    private double weight(LagTier tier, int lag) {
        double weight = 0.5 / tiers.size() / tier.size();
        if (lag <= NEAREST) {
            return weight + 0.125 / NEAREST;
        }
        return POWERS.contains(lag) ? weight + 0.125 / POWERS.size() : weight;
    }

    @Override
    public String name() {
        return strides.family();
    }

    @Override
    public void observe(Draw draw) {
        long[] row = strides.observe(draw);
        wrongRate.observe(draw);
        int stratum = strides.design().indexOf(draw.stratum());
        PackedMask mask = draw.mask();
        for (LagTier tier : tiers) {
            // a transform takes the same time for whatever is in its block, so that only full ones are worth it
            int least = tier.last() <= BitLags.LONGEST ? tier.first() + 1 : 2 * tier.last();
            if (mask.size() >= least) {
                tier.open(stratum, mask.size()).ifPresent(counts -> counts.within(mask));
            }
        }
        int cell = 0;
        for (int axis = 0; axis < AXES.length; axis++) {
            int stride = stride(draw.layout(), axis);
            for (int[] distance : DISTANCES) {
                int lag = distance[0] * stride + distance[1];
                // a stride of 1 or none is no other than the lags above
                if (stride > 1 && lag < mask.size()) {
                    CellTable.addPairs(row, cell, mask, mask, -lag);
                }
                cell++;
            }
        }
        for (int lag : beyond) {
            if (lag < mask.size()) {
                CellTable.addPairs(row, cell, mask, mask, -lag);
            }
            cell++;
        }
        for (int parts : PARTS) {
            // shorter ones are lags that are looked at anyway
            if (mask.size() > NEAREST * parts) {
                CellTable.addPairs(row, cell, mask, mask, -(mask.size() / parts));
            }
            cell++;
        }
        if (mask.size() > 1) {
            int middle = (mask.size() + 1) / 2;
            PackedMask second = mask.slice(middle, mask.size());
            CellTable.addPairs(
                    row, cell, second, mask.slice(0, mask.size() - middle).reversed(), 0);
        }
        cell++;
        for (int width : WIDTHS) {
            int tail = mask.size() % width;
            // of a single vector the lags above are all there is
            if (tail > 0 && mask.size() > width) {
                PackedMask behind = mask.slice(mask.size() - tail, mask.size());
                CellTable.addPairs(row, cell, behind, mask.slice(0, tail), 0);
            }
            cell++;
        }
        tails(row, cell, mask);
        cell += 2 * WIDTHS.length;
        seams(row, cell, mask);
        cell += SEAMS;
        for (int parts : PARTS) {
            int part = (mask.size() + parts - 1) / parts;
            for (int i = part; part > NEAREST && i < mask.size(); i += part) {
                addPair(row, cell, mask.dropped(i - 1), mask.dropped(i));
            }
            cell++;
        }
        if (mask.size() > 1 && mask.size() <= TINY) {
            CellTable.addPairs(row, cell + mask.size() - 2, mask, mask, -1);
        }
    }

    /** A loop over what is left over draws for one vector more, or once for all. */
    private static void tails(long[] row, int cell, PackedMask mask) {
        int size = mask.size();
        for (int i = 0; i < WIDTHS.length; i++) {
            int width = WIDTHS[i];
            int tail = size % width;
            if (tail > 0 && size > width) {
                PackedMask before = mask.slice(size - tail - width, size);
                CellTable.addPairs(row, cell + 2 * i, before.slice(width, width + tail), before.slice(0, tail), 0);
                CellTable.addPairs(
                        row,
                        cell + 2 * i + 1,
                        before.slice(width + 1, width + tail),
                        before.slice(width, width + tail - 1),
                        0);
            }
        }
    }

    private static void seams(long[] row, int cell, PackedMask mask) {
        long[] words = mask.words();
        for (int w = 1; w < words.length; w++) {
            boolean before = words[w - 1] < 0;
            boolean dropped = (words[w] & 1) != 0;
            int widest = Math.min(SEAMS - 1, Integer.numberOfTrailingZeros(w));
            for (int level = 0; level <= widest; level++) {
                addPair(row, cell + level, before, dropped);
            }
        }
    }

    private static void addPair(long[] row, int cell, boolean known, boolean dropped) {
        int slot = CellTable.slot(cell);
        row[slot]++;
        row[slot + 1] += dropped ? 1 : 0;
        row[slot + 2] += known ? 1 : 0;
        row[slot + 3] += known && dropped ? 1 : 0;
    }

    /** The stride of the axis {@code above} the last but one; 0 when there is none or it exceeds every lag of use. */
    static int stride(Shape shape, int above) {
        int axis = shape.rank() - 2 - above;
        if (axis < 0) {
            return 0;
        }
        int stride = shape.strides()[axis];
        return stride < 1 << 28 ? stride : 0;
    }

    @Override
    public LagFamily continued() {
        return new LagFamily(
                strides.empty(), beyond, tiers.stream().map(LagTier::empty).toList(), bets, wrongRate.empty());
    }

    @Override
    public LagFamily plus(Family later) {
        LagFamily that = (LagFamily) later;
        List<LagTier> sum = new ArrayList<>();
        for (int t = 0; t < tiers.size(); t++) {
            sum.add(tiers.get(t).plus(that.tiers.get(t)));
        }
        return new LagFamily(strides.plus(that.strides), beyond, sum, bets, wrongRate.plus(that.wrongRate));
    }

    @Override
    public void counted(Counts counts) {
        strides.counted(counts);
        tiers.forEach(tier -> tier.counted(counts));
        wrongRate.counted(counts);
    }

    @Override
    public long elements() {
        return strides.elements();
    }

    /** Of few elements: they find, and claim nothing. */
    private static boolean isRare(Place place) {
        return place instanceof Place.TailByHead
                || place instanceof Place.TailByBefore
                || place instanceof Place.ChunkSeam
                || place instanceof Place.PartSeam
                || place instanceof Place.NeighbourOf;
    }

    private PairEvidence evidence() {
        return new PairEvidence(strides.design(), bets, wrongRate.charges());
    }

    @Override
    public double logE() {
        PairEvidence evidence = evidence();
        double logE = Math.log(0.25 + 0.125 * beyond.length / POWERS.size()) + strides.logE();
        for (LagTier tier : tiers) {
            double[] each = tier.new Evaluation(evidence).logE;
            for (int i = 0; i < each.length; i++) {
                if (each[i] > Double.NEGATIVE_INFINITY) {
                    logE = LogSpace.add(logE, Math.log(weight(tier, tier.first() + i)) + each[i]);
                }
            }
        }
        return logE;
    }

    @Override
    public List<Finding> findings() {
        PairEvidence evidence = evidence();
        List<Finding> findings = new ArrayList<>();
        tiers.forEach(tier -> findings.addAll(tier.findings(name(), evidence, Place.Lag::new)));
        findings.addAll(strides.findings());
        return findings;
    }

    /** The nearest lags, powers of two and half as much again, and whatever lags stand out most. */
    @Override
    public List<Series> series(double rate) {
        SortedMap<Integer, PairCount> counts = new TreeMap<>();
        SortedMap<Double, Integer> furthest = new TreeMap<>();
        for (LagTier tier : tiers) {
            for (int lag = tier.first(); lag <= tier.last(); lag++) {
                PairCount pairs = tier.pairsAt(rate, lag);
                if (pairs.total().elements() > 0) {
                    counts.put(lag, pairs);
                    furthest.put(pairs.excess(), lag);
                }
            }
        }
        while (furthest.size() > STANDING_OUT) {
            furthest.remove(furthest.firstKey());
        }
        Series.Builder series = new Series.Builder("elements apart", rate);
        counts.forEach((lag, pairs) -> {
            if (lag <= SHOWN || POWERS.contains(lag) || furthest.containsValue(lag)) {
                series.add(lag, pairs);
            }
        });
        return series.build().stream().toList();
    }

    /**
     * Confidence sequences, each stratum for itself: of the correlation at all lags of a horizon at once, as far as enough
     * elements have one so far before, and at each stride and each lag beyond.
     */
    @Override
    public List<Bound> bounds(double alpha, double share) {
        int lags = tiers.get(tiers.size() - 1).last();
        double part = alpha / (lags + strides.cells());
        double[] least = new double[strides.design().size()];
        for (int s = 0; s < least.length; s++) {
            int stratum = s;
            long fullest = tiers.stream()
                    .mapToLong(tier -> tier.elements(stratum))
                    .max()
                    .orElse(0);
            least[s] = Math.max(1, share * fullest);
        }
        List<Bound> bounds = new ArrayList<>();
        for (LagTier tier : tiers) {
            bounds.addAll(tier.bounds(name(), part / least.length, least, Place.UpTo::new));
        }
        strides.bounds(part * strides.cells(), share).stream()
                .filter(bound -> !isRare(bound.place()))
                .forEach(bounds::add);
        return bounds;
    }
}
