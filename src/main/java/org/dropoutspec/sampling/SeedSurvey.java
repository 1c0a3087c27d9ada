package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Draw;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Rows;
import org.dropoutspec.statistics.SeedStreams;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * Looks at the masks of seeds: in a series of calls, each with the seed after that of the call before; and in the first
 * draws after each of some seeds that are neighbours, or differ in one bit or by a power of two.
 */
final class SeedSurvey {
    private static final List<Shape> SHAPES = List.of(
            Shape.of(2),
            Shape.of(1813),
            Shape.of(8),
            Shape.of(7, 259),
            Shape.of(1),
            Shape.of(3, 8, 9, 9),
            Shape.of(5),
            Shape.of(29, 64),
            Shape.of(16),
            Shape.of(2, 16, 7, 8));

    /** Shapes of draws after a seed: enough elements to see at any shift that one in two agrees. */
    private static final List<Shape> STREAMED = List.of(
            Shape.of(64),
            Shape.of(8, 8),
            Shape.of(4, 4, 4),
            Shape.of(2, 4, 2, 4),
            Shape.of(2, 2, 2, 2, 4),
            Shape.of(1813),
            Shape.of(29, 64));

    private static final List<Shape> SMALL = List.of(
            Shape.of(16),
            Shape.of(2, 8),
            Shape.of(2, 2, 4),
            Shape.of(1, 4, 1, 4),
            Shape.of(1, 4, 1, 1, 4),
            Shape.of(64),
            Shape.of(8, 8),
            Shape.of(29, 64));

    private static final int RUN = 12;

    /** Small calls of all types together: they show a correlation of .4 between neighbouring seeds at one place. */
    private static final int BEGINNINGS = 1 << 10;

    private static final double EVEN_RATE = 0.5;

    /** Elements of a large call: more than a thread commonly fills, perhaps by a generator with its own seed. */
    private static final int LARGE = 1 << 17;

    /** Below this, twice a seed is another one in its low bits too. */
    private static final long MOST_DOUBLED = 1 << CallDraw.LOW_BITS - 1;

    /** Bits that change a seed by exclusive or, but not the exclusive or of its halves. */
    private static final long FOLDED = 0x9A5C_9A5CL;

    /** The most calls of the series, half of the seeds with different low bits: so many follow any one below 2^15. */
    private static final int MOST_CALLS = 1 << CallDraw.LOW_BITS - 1;

    /** Elements of a type before the first note where a trail of the evidence is kept. */
    private static final long FIRST_NOTE = 1 << 14;

    private final SamplingContext context;
    private final List<SequentialTest> tests;
    private final SequentialTest repetitions;
    private final SequentialTest streams;
    /** The low bits of the seeds of streams: none is used twice, not even in another type. */
    private final Set<Long> usedSeeds = new HashSet<>();
    /** The seed of the next call of the series, which goes on through all types. */
    private long seed;

    SeedSurvey(SamplingContext context, Check check) {
        this.context = context;
        Design design = new Design(context.certifiedStrata(), context.resolution(), Rows.NONE);
        SequentialTest across =
                check.add(CertifiedQuantity.CORRELATION, true, any -> Family.across(any, "seed"), design);
        this.repetitions = check.add(CertifiedQuantity.NONE, true, Family::duplicates, design);
        this.tests = List.of(across, repetitions, check.add(CertifiedQuantity.NONE, true, Family::position, design));
        this.streams = check.add(CertifiedQuantity.NONE, true, Family::seeds, design);
    }

    void keepTrails() {
        tests.forEach(SequentialTest::keepTrail);
        streams.keepTrail();
    }

    void run() {
        seed = first("series", MOST_CALLS);
        for (DType dtype : context.dtypes()) {
            List<Stratum> strata = context.certifiedStrata().stream()
                    .filter(stratum -> stratum.dtype() == dtype)
                    .toList();
            series(strata);
            beginnings(strata);
            for (Stratum stratum : strata.subList(0, 2)) {
                streams(stratum);
            }
        }
        large();
        tests.forEach(test -> test.look(true));
        streams.look(true);
    }

    /** Asks calls in a series, each with the seed after that of the call before. */
    private void series(List<Stratum> strata) {
        long horizon = context.plan().seededElements();
        long asked = 0;
        long note = FIRST_NOTE;
        int most = MOST_CALLS / context.dtypes().size();
        List<Shape> shapes = new ArrayList<>(SHAPES);
        for (int call = 0; call < most && asked < horizon && !shapes.isEmpty(); call++) {
            Shape wanted = shapes.get(call % shapes.size());
            Shape shape = context.repertoire().plain(strata.get(0).dtype(), true, wanted);
            Stratum stratum = strata.get(call / 8 % strata.size());
            Optional<Draw> draw = draw(stratum, shape, Optional.of(seed++));
            asked += shape.size();
            if (asked >= note) {
                note = 4 * note;
                tests.stream().filter(SequentialTest::isOpen).forEach(SequentialTest::note);
            }
            if (draw.isEmpty()) {
                shapes.remove(wanted);
                continue;
            }
            tests.stream().filter(SequentialTest::isOpen).forEach(test -> test.family.observe(draw.get()));
        }
    }

    /** Goes on with cheap small calls at one rate, to look at each of the first few elements by itself. */
    private void beginnings(List<Stratum> strata) {
        Optional<Stratum> even = even(strata);
        if (even.isEmpty()) {
            return;
        }
        Shape shape = expressible(even.get(), seed, SMALL);
        for (int call = 0; call < BEGINNINGS / context.dtypes().size(); call++) {
            Optional<Draw> draw = draw(even.get(), shape, Optional.of(seed++));
            if (draw.isEmpty()) {
                return;
            }
            tests.stream().filter(SequentialTest::isOpen).forEach(test -> test.family.observe(draw.get()));
        }
    }

    /** Asks large calls of neighbouring seeds and of one twice another: parts of one may repeat any part of another. */
    private void large() {
        Optional<Stratum> even = even(context.certifiedStrata());
        if (even.isEmpty() || !repetitions.isOpen()) {
            return;
        }
        Shape wanted = Shape.of(Math.min(LARGE, context.plan().largest()));
        Shape shape = context.repertoire().plain(even.get().dtype(), true, wanted);
        long base = 1 + new SplittableRandom(context.seedFor("large")).nextLong(MOST_DOUBLED - RUN);
        for (long next : new TreeSet<>(List.of(base, base + 1, base + 3, 2 * base))) {
            draw(even.get(), shape, Optional.of(next)).ifPresent(repetitions.family::observe);
        }
    }

    private static Optional<Stratum> even(List<Stratum> strata) {
        return strata.stream().filter(stratum -> stratum.rate() == EVEN_RATE).findFirst();
    }

    private void streams(Stratum stratum) {
        int draws = context.description().seeding().stream() == Seeding.Stream.CONTINUES ? SeedStreams.DRAWS : 1;
        long base = first("streams " + stratum, RUN);
        Set<Long> seeds = new TreeSet<>();
        for (int i = 0; i < RUN; i++) {
            seeds.add(base + i);
        }
        for (int bit = 0; bit < CallDraw.LOW_BITS; bit++) {
            seeds.add(base ^ 1L << bit);
            seeds.add((base + (1L << bit)) % (1L << context.seedBits()));
        }
        seeds.addAll(folded(base));
        seeds.removeIf(seed -> !usedSeeds.add(CallDraw.low(seed)));
        SeedStreams family = (SeedStreams) streams.family;
        Shape shape = expressible(stratum, base, STREAMED);
        for (long seed : seeds) {
            for (int number = 1; number <= draws; number++) {
                Optional<Draw> draw = draw(stratum, shape, number == 1 ? Optional.of(seed) : Optional.empty());
                if (draw.isEmpty()) {
                    return;
                }
                family.observe(seed, number, draw.get());
            }
        }
    }

    /** The first of the shapes that can be asked with a seed. */
    private Shape expressible(Stratum stratum, long seed, List<Shape> shapes) {
        return shapes.stream()
                .map(shape -> context.repertoire().plain(stratum.dtype(), true, shape))
                .filter(shape -> draw(stratum, shape, Optional.of(seed)).isPresent())
                .findFirst()
                .orElse(shapes.get(0));
    }

    /** Seeds that equal the given one where 31 or 32 bits of the magnitude are kept, or where they are folded to 16. */
    private List<Long> folded(long base) {
        long signed = 1L << 31;
        long limit = 1L << context.seedBits();
        return Stream.of(signed - base, 2 * signed - base, 2 * signed - 1 - base - RUN / 2, base ^ FOLDED)
                .filter(seed -> seed >= 0 && seed < limit)
                .toList();
    }

    /** A first seed as people choose it: of a few digits, so a long way from the end of its range. */
    private long first(String part, long reach) {
        long limit = 1L << Math.min(30, context.seedBits());
        return new SplittableRandom(context.seedFor(part)).nextLong(Math.max(1, limit - reach));
    }

    private Optional<Draw> draw(Stratum stratum, Shape shape, Optional<Long> seed) {
        Call plain = context.draw().plain(stratum, shape).call();
        Call call = seed.map(plain::withSeed).orElse(plain);
        Optional<PackedMask> mask = context.sampler().mask(call);
        return mask.map(drawn -> Draw.of(stratum, shape, drawn)
                .laidOut(context.sampler().layout(call))
                .withSeed());
    }
}
