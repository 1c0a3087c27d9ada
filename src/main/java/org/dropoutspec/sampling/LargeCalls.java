package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Layout;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.Shape;

/** Asks large calls, like the large rows of the design, for strata that need more elements. */
final class LargeCalls {
    private static final int FEWEST = 1 << 14;
    private static final int MOST = 1 << 18;
    /** The number of smaller rows that stand in where large ones are not answered. */
    private static final int SMALLER = 16;

    private final SamplingContext context;
    private final RowSampling sampling;
    private final List<Condition> like = new ArrayList<>();
    private boolean hasLarge;
    private boolean hasSmaller;
    private int next;

    LargeCalls(SamplingContext context, RowSampling sampling) {
        this.context = context;
        this.sampling = sampling;
    }

    /**
     * Asks a large call of each stratum, all of one shape, so that large calls of one shape follow each other too.
     *
     * @return whether any was answered
     */
    boolean ask(List<Stratum> strata) {
        long before = sampling.asked();
        while (sampling.asked() == before && !strata.isEmpty() && hasMore()) {
            Condition row = like.get(next % like.size());
            for (Stratum stratum : strata) {
                Shape shape = context.repertoire().plain(stratum.dtype(), false, row.shape());
                sampling.ask(PlainConditions.at(stratum, shape, row.layout()));
            }
            if (sampling.asked() == before) {
                like.remove(row);
            } else {
                next++;
            }
        }
        return sampling.asked() > before;
    }

    /** Whether calls are left to ask: large ones first, smaller ones once no large one is left. */
    private boolean hasMore() {
        if (!hasLarge) {
            like.addAll(large());
            hasLarge = true;
        }
        if (like.isEmpty() && !hasSmaller) {
            like.addAll(smaller());
            hasSmaller = true;
        }
        return !like.isEmpty();
    }

    private List<Condition> large() {
        if (context.repertoire().isLimited()) {
            return PlainConditions.large(context);
        }
        List<Condition> large = sampling.answered()
                .filter(row -> row.shape().size() >= FEWEST && row.shape().size() <= MOST)
                .toList();
        return large.isEmpty() ? PlainConditions.all(context, Shape.of(FEWEST + 3)) : withFlat(large);
    }

    /** The rows, with a contiguous one added where all are strided: a strided input is not known by element. */
    private static List<Condition> withFlat(List<Condition> rows) {
        if (rows.stream().anyMatch(row -> row.layout() == Layout.CONTIGUOUS)) {
            return rows;
        }
        List<Condition> more = new ArrayList<>(rows);
        rows.stream()
                .findFirst()
                .map(row -> PlainConditions.at(new Stratum(row.dtype(), row.rate()), row.shape()))
                .ifPresent(more::add);
        return more;
    }

    private List<Condition> smaller() {
        return context.repertoire().isLimited()
                ? List.of()
                : withFlat(sampling.answered()
                        .filter(row -> row.shape().size() < FEWEST)
                        .sorted(Comparator.comparingInt(
                                        (Condition row) -> row.shape().size())
                                .reversed())
                        .limit(SMALLER)
                        .toList());
    }
}
