package org.dropoutspec.sampling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Stratum;
import org.jspecify.annotations.Nullable;

/** Asks one process of several its part, and counts its masks without deciding anything about them. */
final class PartSurvey {
    private final SamplingContext context;
    private final CoveringDesign conditions;
    private final Part part;
    private final BooleanSupplier restart;
    private final Map<String, Conclusion> conclusions;
    private volatile @Nullable Survey survey;
    private volatile boolean stopped;

    /** @param conclusions to which the conclusions on answers that broke a requirement are added */
    PartSurvey(
            SamplingContext context,
            CoveringDesign conditions,
            Part part,
            BooleanSupplier restart,
            Map<String, Conclusion> conclusions) {
        this.context = context;
        this.conditions = conditions;
        this.part = part;
        this.restart = restart;
        this.conclusions = conclusions;
    }

    /** The results of the process, its counts in a pool of their own. */
    record Drawn(Pool pool, Map<String, Conclusion.Rejected> seen, Conclusion nothing) {
        Counted counted(Part part) {
            return new Counted(part.number(), pool.written(part.number()), seen, nothing);
        }
    }

    Drawn run() {
        StreamTests tests = new StreamTests(context, conditions, false);
        BrokenAnswers broken = new BrokenAnswers(context, conditions, conclusions);
        List<Family> families = tests.families();
        try (Analysis analysis = new Analysis(context, families)) {
            Survey own = new Survey(context, conditions, tests.all(), part, analysis, restart, false);
            survey = own;
            if (stopped) {
                own.stop();
            }
            Map<Stratum, Long> planned = tests.planned();
            broken.note(analysis, () -> own.drawPart(planned::get));
            broken.shrink(analysis.seen());
            Pool pool = new Pool(
                    families,
                    own.reach().by(conditions.all()),
                    context.expressed().counted(context.certifiedStrata(), false),
                    context.expressed().counted(context.certifiedStrata(), true));
            return new Drawn(pool, seen(), context.expressed().noMask());
        }
    }

    private Map<String, Conclusion.Rejected> seen() {
        Map<String, Conclusion.Rejected> seen = new LinkedHashMap<>();
        conclusions.forEach((id, conclusion) -> {
            if (conclusion instanceof Conclusion.Rejected rejected) {
                seen.put(id, rejected);
            }
        });
        return seen;
    }

    /** Ends the asking, since another process broke. */
    void stop() {
        stopped = true;
        Survey own = survey;
        if (own != null) {
            own.stop();
        }
    }
}
