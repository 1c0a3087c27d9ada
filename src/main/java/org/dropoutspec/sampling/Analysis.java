package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.Look;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.oracle.WholeOutput;
import org.dropoutspec.statistics.Draw;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.statistics.Stratum;

/**
 * Analyses answers on another thread than the calls: compares each with what its call has to give, and adds its mask to
 * the families. Small answers go there together, since waking a thread costs more than they do.
 */
final class Analysis implements AutoCloseable {
    /** The requirements that break where a gradient or a reported mask shows another mask than the output. */
    private static final Set<String> TELLING = Set.of("BWD-1", "BWD-3", "MASK-4");

    /** The requirements that break where what is kept has a wrong value: a tiny one may then become 0, as if dropped. */
    private static final Set<String> VALUES = Set.of("FWD-1", "FWD-8", "SHAPE-6");

    private static final int BATCH = 1 << 15;

    private final AnalysisThread thread = new AnalysisThread();
    private final Description description;
    private final Watch watch;
    private final boolean gradientsTell;
    private final Sampler sampler;
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private List<Family> families;
    private List<Runnable> batch = new ArrayList<>();
    private int size;

    /**
     * A requirement that an answer broke, and what was asked.
     *
     * @param whole the kind of an output that shows no mask
     */
    record Seen(Sighting sighting, Asking asking, Optional<WholeOutput> whole) {
        Seen(Sighting sighting, Asking asking) {
            this(sighting, asking, Optional.empty());
        }

        int size() {
            return asking.call().input().size();
        }

        /** The conclusion from this call, before a smaller one is looked for. */
        Conclusion conclusion() {
            return new Conclusion.Rejected(
                    sighting.what() + " (" + asking.call() + ")", evidence(), List.of(asking.call()));
        }

        Map<String, Object> evidence() {
            if (sighting.requirement().equals("RATE-1") && asking.call().shape().rank() == 0) {
                return Map.of(Conclusion.SAID_BY, "SHAPE-1"); // a scalar was rejected
            }
            Map<String, Object> evidence = new LinkedHashMap<>();
            whole.ifPresent(kind -> evidence.put(Conclusion.WHOLE_OUTPUT, kind.toString()));
            if (sighting.partOf().isPresent()) {
                evidence.put(Conclusion.PART_OF, sighting.partOf().get());
                if (sighting.partOf().get().equals(StatisticalRequirements.RATE)
                        && asking.call().seed().isPresent()) {
                    evidence.put(Conclusion.OF_A_SEED, true);
                }
            } else if (sighting.ofGradient()) {
                evidence.put(Conclusion.OF_GRADIENT, true);
            }
            return evidence;
        }
    }

    Analysis(SamplingContext context, List<Family> families) {
        this.description = context.description();
        this.watch = new Watch(description);
        this.families = families;
        this.gradientsTell = context.gradientsTell();
        this.sampler = context.sampler();
    }

    /** Compares an answer with its call, and adds its mask if a row is given: the number of the design's row, or -1. */
    void add(Asking asking, Result result, Optional<Integer> row) {
        List<Family> observing = families;
        later(asking.call().input().size(), () -> {
            Look look = look(asking, result);
            if (isFormed(asking.call(), result)
                    && row.isPresent()
                    && asking.call().training()
                    && !look.leavesAPartOut()) {
                draw(asking, result, look, row.get())
                        .ifPresent(draw -> observing.forEach(family -> family.observe(draw)));
            }
        });
    }

    /** Adds a mask that was answered in bits: there are no values to look at. */
    void add(Asking asking, PackedMask mask, int row) {
        List<Family> observing = families;
        later(asking.call().input().size(), () -> {
            Draw draw = draw(asking, mask, row);
            observing.forEach(family -> family.observe(draw));
        });
    }

    /** Notes a requirement that two answers together broke. */
    void saw(Sighting sighting, Asking asking) {
        later(0, () -> see(new Seen(sighting, asking)));
    }

    /** Notes the requirements that an answer breaks. */
    private Look look(Asking asking, Result result) {
        Look look = watch.look(asking.call(), result);
        for (Sighting sighting : look.sightings()) {
            see(new Seen(sighting, asking, WholeOutput.of(description, asking.call(), result)));
        }
        return look;
    }

    static boolean isFormed(Call call, Result result) {
        return result.output().shape().equals(call.shape())
                && result.output().dtype() == call.input().dtype();
    }

    private void see(Seen now) {
        seen.merge(now.sighting().requirement(), now, (first, other) -> other.size() < first.size() ? other : first);
    }

    /** Notes that a call was rejected that had to be answered. */
    void rejected(Asking asking, String reason) {
        Call call = asking.call();
        if (call.rate() == 1 || call.input().size() == 0) {
            return; // the checks of RATE-8 and SHAPE-2 ask such calls themselves
        }
        later(0, () -> see(new Seen(new Sighting("RATE-1", "rejected: " + reason), asking)));
    }

    private Optional<Draw> draw(Asking asking, Result result, Look look, int row) {
        return mask(asking.condition(), asking.call(), result, look).map(mask -> draw(asking, mask, row));
    }

    private Draw draw(Asking asking, PackedMask mask, int row) {
        Call call = asking.call();
        Stratum stratum = new Stratum(call.input().dtype(), call.rate());
        Draw draw = Draw.of(stratum, call.maskShape(), mask)
                .laidOut(sampler.layout(call))
                .with(asking.features())
                .inRow(row);
        return call.seed().isPresent() ? draw.withSeed() : draw;
    }

    private Optional<PackedMask> mask(Condition condition, Call call, Result result, Look look) {
        if (condition.values() == ValueKind.TINY && hasSeen(VALUES)) {
            return Optional.empty();
        }
        boolean zeros = condition.values() == ValueKind.WITH_ZEROS;
        if (call.noiseShape().isEmpty() && !zeros) {
            return Optional.of(PackedMask.ofOutput(result.output()));
        }
        boolean wrong = !gradientsTell && call.gradOutput().isPresent();
        if (wrong || hasSeen(TELLING)) {
            return Optional.empty(); // the only sign of the mask where the input is 0 is wrong itself
        }
        return look.shownMask()
                .or(() -> result.mask()
                        .filter(mask -> mask.shape().equals(call.maskShape()))
                        .map(PackedMask::ofKept));
    }

    /** Whether this answer, or an earlier one, broke one of them. */
    private boolean hasSeen(Set<String> requirements) {
        return requirements.stream().anyMatch(seen::containsKey);
    }

    private void later(int elements, Runnable task) {
        batch.add(task);
        size += elements;
        if (size >= BATCH) {
            send();
        }
    }

    private void send() {
        List<Runnable> sent = batch;
        batch = new ArrayList<>();
        size = 0;
        thread.then(() -> sent.forEach(Runnable::run));
    }

    /** Waits until the families have seen every call. */
    void settle() {
        send();
        thread.settle();
    }

    /** Adds later masks to these families alone. */
    void narrow(List<Family> remaining) {
        families = remaining;
    }

    /** The requirements that answers broke so far, by id; to be read when settled. */
    Map<String, Seen> seen() {
        return seen;
    }

    @Override
    public void close() {
        thread.close();
    }
}
