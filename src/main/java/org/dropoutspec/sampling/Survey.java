package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.condition.Age;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Layout;
import org.dropoutspec.condition.MaskShape;
import org.dropoutspec.condition.Predecessor;
import org.dropoutspec.condition.RateKind;
import org.dropoutspec.condition.Rounds;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.condition.Siblings;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * Asks every condition of the covering design, in rounds, until each test is decided or the budget ends.
 *
 * <p>First every row once, each right after the call that it wants before it, and once more in evaluation; then again
 * and again in other orders, the small ones most; then whatever strata are still open, in large calls.
 */
final class Survey {
    /** Where a run ends with what it finds, soon; otherwise the evidence is complete before it is weighed. */
    private static final long SOON = 1 << 18;

    private static final long FIRST_LOOK = 1 << 21;
    private static final int GROWTH = 8;

    /** Where a trail of the evidence is kept. */
    private static final long FIRST_NOTE = 1 << 17;

    private static final int NOTE_GROWTH = 4;
    private static final int FEWEST_STEPS = 32;
    private static final int STEPS = 4;
    /** Evaluations of more elements are few: they show values, of which large tensors have no more kinds. */
    private static final int LARGEST_EVALUATION = 1 << 16;

    /** One call of so many elements in training, where the design has none, and one in evaluation. */
    private static final int BEYOND = (1 << 20) + 3;

    /** Of the first call of a process that is led away from its start. */
    private static final int VERY_FIRST = 1021;

    /** Large, and of large masks along two axes. */
    private static final Shape SHARED = Shape.of(257, 3, 101);

    private static final int LARGEST_BEFORE = 1 << 15;

    private static final int SMALLEST_RING = 100;
    private static final int LARGEST_RING = 1000;
    private static final int RINGS = 3;
    private static final int LARGE_RING = 12;
    /** Of 32,768 to 65,535 elements. */
    private static final int LARGE_RING_CLASS = 4;

    /** More than the 64 calls that are looked back to. */
    private static final int RING = 70;

    /** Of so many calls that can be asked in bits one is asked in full, which shows values too. */
    private static final int IN_FULL = 16;

    /** A row that cannot be asked in bits is repeated so much less often where others can: one mask is as good as another. */
    private static final int COSTLY = 8;

    private static final int FEWEST_TO_FILL = 1 << 14;
    private static final int MOST_TO_FILL = 1 << 18;
    private static final int FEW_TO_FILL = 16;

    private final SamplingContext context;
    private final CoveringDesign design;
    private final List<Condition> rows;
    private final Map<Condition, Integer> numbers = new HashMap<>();
    private final List<SequentialTest> tests;
    /** What this process counts, for each of the tests. */
    private final List<Family> families;

    private final Part part;
    private final Analysis analysis;
    private final BooleanSupplier restart;
    private final boolean untilFirst;
    private final Map<Integer, String> dead = new HashMap<>();
    private final Reach reach = new Reach();
    private final BothWays bothWays;
    private final SplittableRandom ways;
    private final Siblings siblings;
    private final List<Condition> toFill = new ArrayList<>();
    /** Elements of masks. */
    private final Map<Stratum, Long> drawn = new HashMap<>();

    private boolean filling;
    private boolean fillingSmaller;
    private int filled;
    private boolean covering = true;
    private boolean agreed = true;
    private long asked;
    private long look;
    private long note;
    private long decided;
    private volatile boolean over;
    private long horizon;

    /**
     * Of the only process.
     *
     * @param untilFirst whether nothing more is asked once something was found
     */
    Survey(
            SamplingContext context,
            CoveringDesign design,
            List<SequentialTest> tests,
            Analysis analysis,
            BooleanSupplier restart,
            boolean untilFirst) {
        this(context, design, tests, counted(tests), Part.WHOLE, analysis, restart, untilFirst);
    }

    /**
     * @param families what the process counts, for each of the tests
     * @param part of the rows; a process that is not the only one decides nothing by itself
     */
    Survey(
            SamplingContext context,
            CoveringDesign design,
            List<SequentialTest> tests,
            List<Family> families,
            Part part,
            Analysis analysis,
            BooleanSupplier restart,
            boolean untilFirst) {
        this.context = context;
        this.design = design;
        this.rows = design.all();
        this.tests = tests;
        this.families = families;
        this.part = part;
        this.analysis = analysis;
        this.restart = restart;
        this.untilFirst = untilFirst;
        this.bothWays = new BothWays(context.description(), context.sampler());
        this.ways = new SplittableRandom(context.seedFor("ways"));
        this.siblings = new Siblings(context.plan().largest(), context.seedFor("siblings"));
        this.look = !part.isWhole() ? Long.MAX_VALUE : untilFirst ? SOON : FIRST_LOOK;
        this.note = part.isWhole() && tests.stream().anyMatch(SequentialTest::keepsTrail) ? FIRST_NOTE : Long.MAX_VALUE;
        for (int row = 0; row < rows.size(); row++) {
            numbers.put(rows.get(row), row);
        }
    }

    static List<Family> counted(List<SequentialTest> tests) {
        return tests.stream().map(test -> test.family).toList();
    }

    void run() {
        draw();
        if (!tests.isEmpty()) {
            decide(true);
            fill();
        }
    }

    /** What is drawn before anything is weighed; what has to be drawn once is drawn by the first process. */
    private void draw() {
        leaveTheStart();
        design.first().forEach(this::ask);
        cover();
        covering = false;
        context.sampler().trustBits(agreed);
        if (!tests.isEmpty()) {
            repeat();
        }
        analysis.settle();
        horizon = context.sampler().calls();
    }

    /** Processes that begin alike would draw the same masks: a seed that none of the others is given leads away. */
    private void leaveTheStart() {
        if (!part.isFirst() && context.takesSeeds()) {
            DType dtype = context.dtypes().get(0);
            Shape shape = context.repertoire().plain(dtype, true, Shape.of(VERY_FIRST));
            Stratum stratum = context.certifiedStrata().get(0);
            Call call = context.sampler().plain(stratum, shape).call();
            context.sampler().tryPut(context.sampler().withFreshSeed(call, SeedKind.SMALL));
        }
    }

    /** Every row once in training, after what it wants before it, and once in evaluation, and then some large calls. */
    private void cover() {
        for (Condition row : new Rounds(later(), context.seedFor("cover")).next()) {
            askAfterItsPredecessor(row, row);
            if (row.shape().size() <= LARGEST_EVALUATION) {
                evaluate(row);
            }
        }
        if (!part.isFirst()) {
            return;
        }
        if (design.scope().evaluation() && context.repertoire().isLimited()) {
            evaluate();
        }
        design.large().forEach(this::ask);
        if (design.scope().can(Capability.NOISE_SHAPE)
                && design.signatures().isEmpty()
                && context.plan().largest() >= SHARED.size()) {
            ask(shared(context.certifiedStrata().get(0)));
        }
        if (design.signatures().isEmpty()) {
            evaluateTheLargest();
        }
        if (design.large().isEmpty() && design.signatures().isEmpty()) {
            Condition beyond = at(context.certifiedStrata().get(0), Shape.of(BEYOND), Layout.CONTIGUOUS);
            ask(beyond);
            evaluate(beyond);
        }
    }

    /** As many elements as the largest row has, in each type, at rate .5, whose scale shows in every type. */
    private void evaluateTheLargest() {
        int large = context.large(context.dtypes().get(0)).size();
        int line = Math.min(large, context.plan().largest() + 3);
        int largest = design.own().stream().mapToInt(row -> row.shape().size()).reduce(line, Math::max);
        context.certifiedStrata().stream()
                .filter(stratum -> stratum.rate() == 0.5)
                .forEach(stratum -> evaluate(at(stratum, Shape.of(largest), Layout.CONTIGUOUS)));
    }

    private void evaluate(Condition row) {
        boolean asked = row.noiseShape().isEmpty() || !context.repertoire().isLimited();
        if (design.scope().evaluation() && asked) {
            Sampler.Asking asking = context.sampler().evaluation(row);
            if (context.repertoire().contains(asking.call())) {
                put(asking, Optional.empty(), false);
            }
        }
    }

    /** Rows that cannot be evaluated for want of a signature leave these, which are of other shapes. */
    private void evaluate() {
        for (Stratum stratum : context.certifiedStrata()) {
            for (Shape shape : context.repertoire().evaluatedShapes(stratum.dtype())) {
                put(context.sampler().evaluation(at(stratum, shape, Layout.CONTIGUOUS)), Optional.empty(), false);
            }
        }
    }

    private List<Condition> later() {
        List<Condition> later = new ArrayList<>(design.own());
        later.addAll(design.noise());
        later.removeIf(row -> !part.holds(numbers.get(row)));
        return later;
    }

    /** Calls of one shape and rate, so many that a ring of masks comes round: of a few rows, others between them. */
    private void rings() {
        List<Condition> rows = design.own().stream()
                .filter(Survey::isOfTheStream)
                .filter(row -> row.rateKind().carriesEvidence())
                .filter(row ->
                        row.shape().size() >= SMALLEST_RING && row.shape().size() <= LARGEST_RING)
                .limit(RINGS)
                .toList();
        for (int call = 0; call < RING; call++) {
            rows.forEach(this::ask);
        }
        // a few large ones too: what is compiled or captured is replayed from some call of a shape on
        design.own().stream()
                .filter(Survey::isOfTheStream)
                .filter(row -> row.rateKind().carriesEvidence())
                .filter(row -> row.level(Factor.SIZE).index() == LARGE_RING_CLASS)
                .filter(row -> !dead.containsKey(numbers.get(row)))
                .limit(1)
                .forEach(row -> IntStream.range(0, LARGE_RING).forEach(call -> ask(row)));
    }

    /** A row that leaves the stream alone: a seed begins another. */
    private static boolean isOfTheStream(Condition row) {
        return row.seed() == SeedKind.STREAM && row.before() != Before.SEEDED;
    }

    /** The stream goes on for long by itself, since what repeats in it takes long to come round; then seeds are set. */
    private void repeat() {
        if (part.isFirst()) {
            rings();
        }
        repeat(later().stream().filter(Survey::isOfTheStream).toList(), "stream");
        // another that is started anew may begin as this one did
        if (part.isFirst() && restart.getAsBoolean()) {
            analysis.settle();
            families.forEach(Family::restarted);
            design.first().forEach(this::ask);
        }
        repeat(later().stream().filter(row -> !isOfTheStream(row)).toList(), "seeds");
    }

    private void repeat(List<Condition> rows, String part) {
        Rounds rounds = new Rounds(rows, context.seedFor("rounds " + part));
        int most = context.plan().repetitions().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
        // few shapes stand in many rows, the longer ones too
        long limit =
                context.repertoire().isLimited() ? asked + Plan.EXTENSION * wanted() / this.part.of() : Long.MAX_VALUE;
        for (int round = 1; round < most && asked < limit && hasOpenTests(); round++) {
            for (Condition row : rounds.next()) {
                if (round < repetitions(row)) {
                    askAfterItsPredecessor(row, round % 2 == 1 ? sibling(row) : row);
                }
            }
        }
    }

    private int repetitions(Condition row) {
        int size = row.level(Factor.SIZE).index();
        int times = (row.noiseShape().isPresent()
                        ? context.plan().noiseRepetitions()
                        : context.plan().repetitions())
                .get(Math.min(size, context.plan().repetitions().size() - 1));
        return context.sampler().isCostly(row) ? (times + COSTLY - 1) / COSTLY : times;
    }

    /** Elements of all types together, that a plan asks at least. */
    private long wanted() {
        return context.plan().elements() * context.dtypes().size();
    }

    /** Goes on with large calls of the strata that are not decided yet. */
    private void fill() {
        long budget = budget(asked);
        long next = asked + wanted() / STEPS;
        while (asked < budget && hasOpenTests()) {
            List<Stratum> open = open(context, tests);
            long before = asked;
            fillOnce(open);
            if (asked == before) {
                break;
            }
            if (asked >= next) {
                decide(true);
                next = asked + step(open);
            }
        }
        if (asked > decided) {
            decide(true);
        }
    }

    /** A large call of each stratum, all of one shape, so that large calls of one shape follow each other too. */
    private void fillOnce(List<Stratum> open) {
        long before = asked;
        while (asked == before && !open.isEmpty() && hasMoreToFill()) {
            Condition row = toFill.get(filled % toFill.size());
            for (Stratum stratum : open) {
                Shape shape = context.repertoire().plain(stratum.dtype(), false, row.shape());
                ask(at(stratum, shape, row.layout()));
            }
            if (asked == before) {
                toFill.remove(row);
            } else {
                filled++;
            }
        }
    }

    /** Asks the part and decides nothing: how much is drawn follows from the plan, and not from what the others see. */
    void drawPart(ToLongFunction<Stratum> planned) {
        draw();
        long before = -1;
        while (hasOpenTests() && asked > before) {
            before = asked;
            fillOnce(context.certifiedStrata().stream()
                    .filter(stratum -> !context.sampler().isInexpressible(stratum))
                    .filter(stratum -> drawn.getOrDefault(stratum, 0L) < planned.applyAsLong(stratum) / part.of())
                    .toList());
        }
        analysis.settle();
    }

    /** Large calls; smaller ones where there are no large ones, or not of every kind. */
    private boolean hasMoreToFill() {
        if (!filling) {
            toFill.addAll(largeToFill());
            filling = true;
        }
        if (toFill.isEmpty() && !fillingSmaller) {
            toFill.addAll(smallerToFill());
            fillingSmaller = true;
        }
        return !toFill.isEmpty();
    }

    private List<Condition> largeToFill() {
        if (context.repertoire().isLimited()) {
            return plainAndLarge();
        }
        List<Condition> large = answered()
                .filter(row ->
                        row.shape().size() >= FEWEST_TO_FILL && row.shape().size() <= MOST_TO_FILL)
                .toList();
        return large.isEmpty() ? plain(Shape.of(FEWEST_TO_FILL + 3)) : large;
    }

    private List<Condition> smallerToFill() {
        return context.repertoire().isLimited()
                ? List.of()
                : answered()
                        .filter(row -> row.shape().size() < FEWEST_TO_FILL)
                        .sorted(Comparator.comparingInt(
                                        (Condition row) -> row.shape().size())
                                .reversed())
                        .limit(FEW_TO_FILL)
                        .toList();
    }

    private Stream<Condition> answered() {
        return design.own().stream().filter(row -> !dead.containsKey(numbers.get(row)));
    }

    /** How many elements are asked for at most, where so many were asked for before anything was weighed. */
    private long budget(long drawn) {
        return Plan.EXTENSION * Math.max(wanted(), drawn);
    }

    /** After how many elements more it is weighed again whether some strata are decided. */
    private long step(List<Stratum> open) {
        // looks are not for nothing: where the last stratum stays open, they are as far apart as what was asked is long
        return Math.max(wanted() / STEPS / context.certifiedStrata().size() * open.size(), asked / FEWEST_STEPS);
    }

    /** The strata that more elements can help to decide. */
    private static List<Stratum> open(SamplingContext context, List<SequentialTest> tests) {
        return context.certifiedStrata().stream()
                .filter(stratum -> tests.stream().anyMatch(test -> test.wants(stratum)))
                .toList();
    }

    /** Asks nothing more, since another process broke. */
    void stop() {
        over = true;
    }

    private List<Condition> plain(Shape shape) {
        return context.certifiedStrata().stream()
                .map(stratum -> at(stratum, shape, Layout.CONTIGUOUS))
                .toList();
    }

    private List<Condition> plainAndLarge() {
        return context.certifiedStrata().stream()
                .map(stratum -> at(stratum, context.large(stratum.dtype()), Layout.CONTIGUOUS))
                .toList();
    }

    /** A large mask that is shared: the rows of the design have small ones. */
    private static Condition shared(Stratum stratum) {
        Shape mask = Shape.of(SHARED.extent(0), 1, SHARED.extent(2));
        return at(stratum, SHARED, Layout.CONTIGUOUS)
                .with(SHARED, Layout.CONTIGUOUS, MaskShape.MIDDLE_SHARED, Optional.of(mask));
    }

    /** A plain call, but for its layout. */
    private static Condition at(Stratum stratum, Shape shape, Layout layout) {
        return new Condition(
                stratum.dtype(),
                stratum.rate(),
                RateKind.HALF,
                shape,
                layout,
                MaskShape.OWN,
                Optional.empty(),
                false,
                SeedKind.STREAM,
                Before.SAME_RATE,
                Age.LATER,
                ValueKind.MODERATE);
    }

    private boolean hasOpenTests() {
        return !over && tests.stream().anyMatch(SequentialTest::isOpen);
    }

    /** Where every new shape is expensive there is none. */
    private Condition sibling(Condition row) {
        return design.signatures().isEmpty() ? siblings.of(row) : row;
    }

    private void askAfterItsPredecessor(Condition row, Condition asked) {
        if (dead.containsKey(numbers.get(row))) {
            return;
        }
        if (row.before() == Before.SAME_SHAPE_AND_RATE) {
            ask(row, asked);
        } else {
            precede(asked, design.predecessor(asked));
        }
        ask(row, asked);
    }

    private void precede(Condition row, Predecessor wanted) {
        boolean large =
                row.shape().size() > LARGEST_BEFORE && !context.repertoire().isLimited();
        boolean spared = row.before() != Before.GRADIENT && context.sampler().isCostly(wanted);
        Predecessor same = spared ? withoutGradient(wanted) : wanted;
        Predecessor before = large ? small(row.before(), same) : same;
        Sampler.Asking asking = context.sampler().predecessor(row, before);
        boolean bad = !(before.rate() >= 0 && before.rate() <= 1);
        boolean draws =
                asking.call().training() && asking.call().mask().isEmpty() && before.rate() > 0 && before.rate() < 1;
        put(asking, draws ? Optional.of(-1) : Optional.empty(), bad);
    }

    private static Predecessor withoutGradient(Predecessor wanted) {
        Signature like = wanted.signature();
        return new Predecessor(
                new Signature(
                        like.dtype(),
                        like.shape(),
                        like.layout(),
                        like.noiseShape(),
                        like.training(),
                        false,
                        like.seeded(),
                        like.masked()),
                wanted.rate());
    }

    /** What matters of a call of another kind before a large row is its kind: a few elements show it. */
    private static Predecessor small(Before kind, Predecessor wanted) {
        return switch (kind) {
            case EVALUATION, SEEDED, INJECTED_MASK, GRADIENT -> {
                Signature like = wanted.signature();
                yield new Predecessor(
                        new Signature(
                                like.dtype(),
                                Shape.of(67),
                                Layout.CONTIGUOUS,
                                Optional.empty(),
                                like.training(),
                                like.gradient(),
                                like.seeded(),
                                like.masked()),
                        wanted.rate());
            }
            case SAME_SHAPE_AND_RATE, SAME_SHAPE, SAME_RATE, OTHER_TYPE, EMPTY, REJECTED -> wanted;
        };
    }

    private void ask(Condition condition) {
        ask(condition, condition);
    }

    /** Asks under a condition that is the row, or has its levels, or is none of the design. */
    private void ask(Condition row, Condition condition) {
        Integer number = numbers.get(row);
        boolean draws = condition.rate() > 0 && condition.rate() < 1;
        Optional<Integer> counted = draws ? Optional.of(number == null ? -1 : number) : Optional.empty();
        boolean answered = put(context.sampler().training(condition), counted, false);
        if (!answered && number != null && condition.equals(row)) {
            dead.put(number, context.sampler().unsupported());
        }
    }

    /** False when the call was not answered: it was rejected, or cannot be expressed. */
    private boolean put(Sampler.Asking asking, Optional<Integer> row, boolean bad) {
        if (over) {
            return true;
        }
        if (row.isPresent() && !bad && context.sampler().prefersBits(asking) && ways.nextInt(IN_FULL) > 0) {
            if (putInBits(asking, row.get())) {
                return true;
            }
        }
        Optional<Result> result;
        try {
            result = context.sampler().put(asking.call());
        } catch (RejectedCall rejection) {
            if (!bad) {
                analysis.rejected(asking, rejection.getMessage());
            }
            return false;
        }
        if (result.isEmpty()) {
            return false;
        }
        if (!bad) {
            analysis.add(asking, result.get(), row);
            if (row.isPresent()) {
                compare(asking, result.get());
            }
            count(asking, row);
        }
        return true;
    }

    /** The mask alone, without the values; false where it was not answered so. */
    private boolean putInBits(Sampler.Asking asking, int row) {
        Optional<PackedMask> mask = Optional.empty();
        try {
            mask = context.sampler().putInBits(asking.call());
        } catch (RejectedCall rejection) {
            // in full it may be answered, and then one contradicts the other
        }
        mask.ifPresent(drawn -> {
            analysis.add(asking, drawn, row);
            count(asking, Optional.of(row));
        });
        return mask.isPresent();
    }

    /** Asks the same in bits, whose answer is no evidence of anything else. */
    private void compare(Sampler.Asking asking, Result inFull) {
        boolean asks = covering
                ? BothWays.canAsk(asking, context.description())
                : context.sampler().prefersBits(asking);
        if (asks && Analysis.isFormed(asking.call(), inFull)) {
            bothWays.contradiction(asking.call(), inFull.output()).ifPresent(seen -> {
                agreed = false;
                context.sampler().trustBits(false);
                analysis.saw(seen, asking);
            });
        }
    }

    private void count(Sampler.Asking asking, Optional<Integer> row) {
        asked += asking.call().input().size();
        if (row.isPresent()) {
            Stratum stratum =
                    new Stratum(asking.call().input().dtype(), asking.call().rate());
            drawn.merge(stratum, (long) asking.call().maskShape().size(), Long::sum);
        }
        row.filter(number -> number >= 0)
                .ifPresent(number ->
                        reach.add(rows.get(number), asking.call().maskShape().size()));
        if (asked >= note) {
            note = NOTE_GROWTH * note;
            analysis.settle();
            tests.stream().filter(SequentialTest::isOpen).forEach(SequentialTest::note);
        }
        if (asked >= look) {
            look = GROWTH * look;
            decide(false);
        }
    }

    /** After how many calls every test that looks for something decides, whatever it claims. */
    long horizon() {
        return horizon;
    }

    /** What was drawn under each condition. */
    Reach reach() {
        return reach;
    }

    private void decide(boolean horizon) {
        analysis.settle();
        tests.stream().filter(SequentialTest::isOpen).forEach(test -> test.look(horizon));
        boolean found = !analysis.seen().isEmpty()
                || tests.stream().anyMatch(test -> test.finding().isPresent());
        over |= untilFirst && found;
        analysis.narrow(open());
        decided = asked;
    }

    /** A test that is decided sees nothing more: its evidence is then the same whatever else was asked about. */
    private List<Family> open() {
        return tests.stream()
                .filter(SequentialTest::isOpen)
                .map(test -> test.family)
                .toList();
    }
}
