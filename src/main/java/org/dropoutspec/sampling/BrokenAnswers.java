package org.dropoutspec.sampling;

import java.util.Map;
import org.dropoutspec.condition.CoveringDesign;

/** Concludes on the requirements that answers of a survey broke. */
final class BrokenAnswers {
    private final SamplingContext context;
    private final CoveringDesign conditions;
    private final Map<String, Conclusion> conclusions;

    /** @param conclusions to which the conclusions on broken requirements are added */
    BrokenAnswers(SamplingContext context, CoveringDesign conditions, Map<String, Conclusion> conclusions) {
        this.context = context;
        this.conditions = conditions;
        this.conclusions = conclusions;
    }

    /** Asks, and concludes on each requirement that broke, even if the asking ends with an exception. */
    void note(Analysis analysis, Runnable asking) {
        try {
            asking.run();
        } finally {
            analysis.settle();
            analysis.seen().forEach((id, seen) -> conclusions.put(id, seen.conclusion()));
        }
    }

    /** Replaces the conclusion on each selected requirement by one on the smallest call that shows it. */
    void shrink(Map<String, Analysis.Seen> broken) {
        broken.forEach((id, seen) -> {
            if (context.selected().contains(id)) {
                conclusions.put(id, new SmallestCall(context, conditions, seen).conclusion());
            }
        });
    }
}
