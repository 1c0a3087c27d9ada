package org.dropoutspec.sampling;

import java.util.Optional;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Layout;
import org.dropoutspec.condition.Predecessor;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.tensor.Shape;

/** The call before a row, made as cheap as possible: only the row shows what the call left behind. */
final class CheapPredecessor {
    private static final int LARGEST = 1 << 15;
    private static final Shape SMALL = Shape.of(67);

    private CheapPredecessor() {}

    static Predecessor of(SamplingContext context, Condition row, Predecessor wanted) {
        boolean large = row.shape().size() > LARGEST && !context.repertoire().isLimited();
        boolean spared = row.before() != Before.GRADIENT && context.sampler().isCostly(wanted);
        Predecessor same = spared ? withoutGradient(wanted) : wanted;
        return large ? small(row.before(), same) : same;
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

    /** The call with a few elements where only its kind matters; otherwise the call itself. */
    private static Predecessor small(Before kind, Predecessor wanted) {
        return switch (kind) {
            case EVALUATION, SEEDED, INJECTED_MASK, GRADIENT -> {
                Signature like = wanted.signature();
                yield new Predecessor(
                        new Signature(
                                like.dtype(),
                                SMALL,
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
}
