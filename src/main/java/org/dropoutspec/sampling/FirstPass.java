package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Rounds;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.Shape;

/** Asks each row once in training, after the call that it wants before it, and in evaluation; then some large calls. */
final class FirstPass {
    /** Few evaluations have more elements: they show values, and large tensors have no more kinds of values. */
    private static final int LARGEST_EVALUATION = 1 << 16;

    /**
     * The shape of two calls in training and one in evaluation, where the design has no large rows. Vectors of two
     * elements fill it, those of four do not, and blocks of 1,024 leave a long tail. A generator that advances by too
     * little shows in the second call.
     */
    private static final Shape BEYOND = Shape.of((1 << 20) + 1022);

    /** The shape of the call after a large one: long enough that no stretch repeats by chance at a certified rate. */
    private static final Shape SMALL = Shape.of(1021);

    /** A shape with so many elements that half or twice the rate is no chance. */
    private static final Shape AT_EVERY_RATE = Shape.of(2047);

    /** Rates are told apart in percent, since types hold slightly different numbers for one rate. */
    private static final int PERCENT = 100;

    private final SamplingContext context;
    private final CoveringDesign design;
    private final Part part;
    private final RowSampling sampling;

    FirstPass(SamplingContext context, CoveringDesign design, Part part, RowSampling sampling) {
        this.context = context;
        this.design = design;
        this.part = part;
        this.sampling = sampling;
    }

    void run() {
        for (Condition row : new Rounds(rows(), context.seedFor("cover")).next()) {
            sampling.askAfterItsPredecessor(row, row);
            if (row.shape().size() <= LARGEST_EVALUATION) {
                sampling.evaluateIfAskable(row);
            }
        }
        usualShapes();
        if (part.isFirst()) {
            everyRate();
            largeCalls();
        }
    }

    /** The rows of this process, except those that are asked before all others. */
    List<Condition> rows() {
        List<Condition> rows = new ArrayList<>(design.own());
        rows.addAll(design.noise());
        rows.removeIf(row -> !part.holds(sampling.number(row)));
        return rows;
    }

    /** Asks each usual shape once, the types in turn. */
    private void usualShapes() {
        if (!design.signatures().isEmpty()) {
            return;
        }
        List<Stratum> strata = context.certifiedStrata().stream()
                .filter(stratum -> stratum.rate() == 0.5)
                .toList();
        List<Shape> shapes = UsualShapes.upTo(context.plan().largest());
        for (int i = 0; i < shapes.size() && !strata.isEmpty(); i++) {
            if (part.holds(i)) {
                sampling.ask(PlainConditions.at(strata.get(i % strata.size()), shapes.get(i)));
            }
        }
    }

    /** Asks each rate of the design once, in the first type that has it: all rows with this rate may be small. */
    private void everyRate() {
        if (!design.signatures().isEmpty()) {
            return;
        }
        Set<Long> asked = new HashSet<>();
        for (Condition row : design.own()) {
            if (row.rateKind().carriesEvidence() && asked.add(Math.round(row.rate() * PERCENT))) {
                sampling.ask(PlainConditions.at(new Stratum(row.dtype(), row.rate()), AT_EVERY_RATE));
            }
        }
    }

    private void largeCalls() {
        boolean anyShape = design.signatures().isEmpty();
        if (design.scope().evaluation() && context.repertoire().isLimited()) {
            evaluateOtherShapes();
        }
        design.large().forEach(this::askLarge);
        if (design.scope().can(Capability.NOISE_SHAPE)
                && anyShape
                && context.plan().largest() >= PlainConditions.SHARED.size()) {
            sampling.ask(PlainConditions.shared(context.certifiedStrata().get(0)));
        }
        if (anyShape) {
            evaluateTheLargest();
        }
        if (design.large().isEmpty() && anyShape) {
            Condition beyond = PlainConditions.at(context.certifiedStrata().get(0), BEYOND);
            sampling.ask(beyond);
            askLarge(beyond);
            sampling.evaluateIfAskable(beyond);
        }
    }

    /** Asks a large call, and a small one after it, which may use the mask that the large one left behind. */
    private void askLarge(Condition large) {
        sampling.ask(large);
        if (design.signatures().isEmpty() && large.rateKind().carriesEvidence()) {
            sampling.ask(PlainConditions.at(new Stratum(large.dtype(), large.rate()), SMALL));
        }
    }

    /** Evaluates in the shapes that may be evaluated: rows of other shapes have no signature for it. */
    private void evaluateOtherShapes() {
        for (Stratum stratum : context.certifiedStrata()) {
            for (Shape shape : context.repertoire().evaluatedShapes(stratum.dtype())) {
                sampling.evaluate(PlainConditions.at(stratum, shape));
            }
        }
    }

    /** Evaluates as many elements as the largest row has, in each type, at rate .5: its scale shows in every type. */
    private void evaluateTheLargest() {
        int large = context.large(context.dtypes().get(0)).size();
        int line = Math.min(large, context.plan().largest() + 3);
        int largest = design.own().stream().mapToInt(row -> row.shape().size()).reduce(line, Math::max);
        context.certifiedStrata().stream()
                .filter(stratum -> stratum.rate() == 0.5)
                .forEach(stratum -> sampling.evaluateIfAskable(PlainConditions.at(stratum, Shape.of(largest))));
    }
}
