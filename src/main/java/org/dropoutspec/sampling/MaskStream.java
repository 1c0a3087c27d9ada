package org.dropoutspec.sampling;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Draws the masks of one stream in one element type until each of its lines is decided or the budget ends. */
final class MaskStream {
    private static final long FIRST_LOOK = 8192;
    private static final int GROWTH = 4;
    private static final int STEPS = 4;
    private static final int PATIENCE = 256;

    private final Setting setting;
    private final DType dtype;
    private final boolean everySeed;
    private final List<Line> lines;
    private final long horizon;
    private final long firstSeed;

    /** @param everySeed each call carries a seed, one more than the call before it; otherwise only the first does */
    MaskStream(Setting setting, DType dtype, boolean everySeed, List<Line> lines) {
        this.setting = setting;
        this.dtype = dtype;
        this.everySeed = everySeed;
        this.lines = lines;
        this.horizon =
                everySeed ? setting.plan().seededElements() : setting.plan().elements();
        long seed = setting.callSeedFor((everySeed ? "seeds " : "stream ") + dtype);
        // as people choose them: of a few digits, and so a long way from the end of their range
        this.firstSeed = everySeed ? seed >>> 22 : seed;
    }

    void run() {
        Schedule schedule = new Schedule(dtype);
        Inputs inputs = setting.inputs(dtype);
        List<Family> families =
                lines.stream().map(line -> line.family).distinct().toList();
        long asked = 0;
        long answered = 0;
        long look = Math.min(FIRST_LOOK, horizon);
        try (Analysis analysis = new Analysis(open())) {
            while (true) {
                boolean extended = asked >= horizon;
                Schedule.Step step =
                        schedule.next(rate -> !extended || lines.stream().anyMatch(line -> line.wants(rate)));
                Stimulus stimulus = inputs.of(step.shape(), step.number());
                Optional<Tensor> output = setting.asker().output(call(step, stimulus));
                asked += step.shape().size();
                if (output.isPresent()) {
                    answered++;
                    analysis.add(step, stimulus, output.get());
                }
                if (asked >= look) {
                    analysis.settle();
                    boolean atHorizon = asked >= horizon;
                    lines.stream().filter(Line::isOpen).forEach(line -> line.look(atHorizon));
                    look = atHorizon ? asked + horizon / STEPS : Math.min(GROWTH * look, horizon);
                    analysis.narrow(open());
                    if (open().isEmpty() || asked >= Plan.EXTENSION * horizon) {
                        return;
                    }
                }
                if (answered == 0 && step.number() > PATIENCE) {
                    return;
                }
            }
        }
    }

    /** A line that is decided sees nothing more: its evidence is then the same whatever else was asked about. */
    private List<Family> open() {
        return lines.stream().filter(Line::isOpen).map(line -> line.family).toList();
    }

    private Call call(Schedule.Step step, Stimulus stimulus) {
        Call call = Call.training(step.rate(), stimulus.input());
        boolean seeded = setting.takesSeeds() && (everySeed || step.number() == 0);
        return seeded ? call.withSeed(firstSeed + step.number()) : call;
    }
}
