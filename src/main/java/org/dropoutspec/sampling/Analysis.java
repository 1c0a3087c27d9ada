package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.statistics.Draw;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.Tensor;

/** Feeds answered calls to the families, beside the calls; small ones together, since waking a thread costs more. */
final class Analysis implements AutoCloseable {
    private static final int BATCH = 1 << 15;

    private final Beside beside = new Beside();
    private List<Family> families;
    private List<Answer> batch = new ArrayList<>();
    private int size;

    Analysis(List<Family> families) {
        this.families = families;
    }

    private record Answer(Schedule.Step step, Stimulus stimulus, Tensor output) {
        Draw draw() {
            return Draw.of(new Stratum(output.dtype(), step.rate()), step.shape(), PackedMask.ofOutput(output))
                    .with(stimulus.features());
        }
    }

    void add(Schedule.Step step, Stimulus stimulus, Tensor output) {
        batch.add(new Answer(step, stimulus, output));
        size += output.size();
        if (size >= BATCH) {
            send();
        }
    }

    private void send() {
        List<Answer> sent = batch;
        List<Family> observing = families;
        batch = new ArrayList<>();
        size = 0;
        beside.then(() -> sent.forEach(answer -> {
            Draw draw = answer.draw();
            observing.forEach(family -> family.observe(draw));
        }));
    }

    /** Waits until the families have seen every call. */
    void settle() {
        send();
        beside.settle();
    }

    /** Goes on with these alone. */
    void narrow(List<Family> remaining) {
        families = remaining;
    }

    @Override
    public void close() {
        beside.close();
    }
}
