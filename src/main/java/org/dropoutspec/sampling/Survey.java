package org.dropoutspec.sampling;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * Asks every condition of the covering design, in rounds, until each test is decided or the budget ends.
 *
 * <p>First every row once; then again and again in other orders; then whatever strata are still open, in large calls.
 */
final class Survey {
    private static final int FEWEST_STEPS = 32;
    private static final int STEPS = 4;
    /** Of so many planned elements, one with a known input is enough: bands on the input are twelve times as wide. */
    private static final int KNOWN = 4;

    /** The shape of the first call of a process whose stream is led away from its start. */
    private static final Shape VERY_FIRST = Shape.of(1021);

    private final SamplingContext context;
    private final CoveringDesign design;
    private final List<SequentialTest> tests;
    private final Part part;
    private final Analysis analysis;
    private final BooleanSupplier restart;
    private final InterimLooks looks;
    private final RowSampling sampling;
    private final LargeCalls large;
    private long horizon;

    /**
     * @param part of the rows that is asked; one process of several decides nothing by itself
     * @param untilFirst whether nothing more is asked once something was found
     */
    Survey(
            SamplingContext context,
            CoveringDesign design,
            List<SequentialTest> tests,
            Part part,
            Analysis analysis,
            BooleanSupplier restart,
            boolean untilFirst) {
        this.context = context;
        this.design = design;
        this.tests = tests;
        this.part = part;
        this.analysis = analysis;
        this.restart = restart;
        this.looks = new InterimLooks(tests, part, analysis, untilFirst);
        this.sampling = new RowSampling(context, design, analysis, looks);
        this.large = new LargeCalls(context, sampling);
    }

    void run() {
        draw();
        if (!tests.isEmpty()) {
            looks.decide(true);
            fill();
        }
    }

    /** Draws all rows and their repetitions; the first process also draws whatever has to be drawn only once. */
    private void draw() {
        leaveTheStart();
        design.first().forEach(sampling::ask);
        FirstPass pass = new FirstPass(context, design, part, sampling);
        pass.run();
        sampling.covered();
        if (!tests.isEmpty()) {
            new Repetitions(context, design, part, sampling, looks).run(pass.rows(), this::restarted);
        }
        analysis.settle();
        horizon = context.sampler().calls();
    }

    /** Sets a seed of its own in each process but the first: processes that begin alike would draw the same masks. */
    private void leaveTheStart() {
        if (!part.isFirst() && context.takesSeeds()) {
            DType dtype = context.dtypes().get(0);
            Shape shape = context.repertoire().plain(dtype, true, VERY_FIRST);
            Stratum stratum = context.certifiedStrata().get(0);
            Call call = context.draw().plain(stratum, shape).call();
            context.sampler().tryPut(context.draw().withFreshSeed(call, SeedKind.SMALL));
        }
    }

    private boolean restarted() {
        boolean restarted = restart.getAsBoolean();
        if (restarted) {
            analysis.settle();
            tests.forEach(test -> test.family.restarted());
        }
        return restarted;
    }

    /** Goes on with large calls of the strata that are not decided yet. */
    private void fill() {
        // the rows may have taken more than the plan wants: then what they took counts as planned
        long budget = Plan.EXTENSION * Math.max(context.wanted(), sampling.asked());
        long next = sampling.asked() + context.wanted() / STEPS;
        while (sampling.asked() < budget && looks.hasOpenTests()) {
            List<Stratum> open = looks.open(context.certifiedStrata());
            if (!large.ask(open)) {
                break;
            }
            if (sampling.asked() >= next) {
                looks.decide(true);
                next = sampling.asked() + step(open);
            }
        }
        if (!looks.isUpToDate()) {
            looks.decide(true);
        }
    }

    /** How many elements more are asked before the next look at whether some strata are decided. */
    private long step(List<Stratum> open) {
        // looks cost time: where the last stratum stays open, their distance grows with what was asked
        return Math.max(
                context.wanted() / STEPS / context.certifiedStrata().size() * open.size(),
                sampling.asked() / FEWEST_STEPS);
    }

    /** Asks the part and decides nothing: how much is drawn follows from the plan, not from what others see. */
    void drawPart(ToLongFunction<Stratum> planned) {
        draw();
        boolean answered = true;
        while (answered && looks.hasOpenTests()) {
            answered = large.ask(context.certifiedStrata().stream()
                    .filter(stratum -> !context.expressed().isInexpressible(stratum))
                    .filter(stratum -> isShort(stratum, planned.applyAsLong(stratum) / part.of()))
                    .toList());
        }
        analysis.settle();
    }

    /**
     * Whether a stratum needs more elements, in all or with known inputs: large rows may have filled it with unusual
     * values alone. If its inputs stay unknown, more elements do not help.
     */
    private boolean isShort(Stratum stratum, long planned) {
        long drawn = sampling.drawn(stratum);
        return drawn < planned || (sampling.known(stratum) < planned / KNOWN && drawn < Plan.EXTENSION * planned);
    }

    /** Asks nothing more, since another process broke. */
    void stop() {
        looks.end();
    }

    /** The number of calls after which every test for a defect decides, whether or not it claims a bound. */
    long horizon() {
        return horizon;
    }

    /** The elements that were drawn under each condition. */
    Reach reach() {
        return sampling.reach();
    }
}
