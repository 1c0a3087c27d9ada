package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The checks for which one process is as good as many: neighbouring seeds, rates near 0 and 1, neighbouring rates. */
final class SeedsAndRates {
    private final SamplingContext context;
    private final Map<String, Check> checks;
    private final Map<String, Conclusion> conclusions;
    private final boolean keepsTrails;

    /**
     * @param checks to which the check of the seeds is added
     * @param conclusions to which the conclusions on the rates are added
     */
    SeedsAndRates(
            SamplingContext context,
            Map<String, Check> checks,
            Map<String, Conclusion> conclusions,
            boolean keepsTrails) {
        this.context = context;
        this.checks = checks;
        this.conclusions = conclusions;
        this.keepsTrails = keepsTrails;
    }

    /**
     * The steps, one for each selected requirement.
     *
     * @param alone whether the calls of each step do not depend on the calls before it
     */
    List<Runnable> steps(boolean alone) {
        List<Runnable> steps = new ArrayList<>();
        Set<String> selected = context.selected();
        if (context.takesSeeds() && selected.contains(StatisticalRequirements.SEEDS)) {
            steps.add(this::seeds);
        }
        if (selected.contains(StatisticalRequirements.EDGES)) {
            steps.add(() -> conclusions.put(
                    StatisticalRequirements.EDGES,
                    new ExtremeRates(alone ? context.part("edges") : context).conclusion()));
        }
        if (context.takesSeeds() && selected.contains(StatisticalRequirements.NEIGHBOURS)) {
            steps.add(() -> conclusions.put(
                    StatisticalRequirements.NEIGHBOURS,
                    new NeighbouringRates(alone ? context.part("neighbours") : context).conclusion()));
        }
        return steps;
    }

    private void seeds() {
        SamplingContext part = context.part("seeds").with(context.plan().ofSeeds());
        Check check = new Check(part, StatisticalRequirements.SEEDS);
        checks.put(StatisticalRequirements.SEEDS, check);
        SeedSurvey survey = new SeedSurvey(part, check);
        if (keepsTrails) {
            survey.keepTrails();
        }
        survey.run();
    }
}
