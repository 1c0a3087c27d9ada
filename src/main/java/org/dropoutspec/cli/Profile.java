package org.dropoutspec.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Enclosing;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Where the time of a run goes: an implementation whose calls are timed, by the requirement that was being checked.
 * Masks that serve all requirements count for the requirement that needed them first.
 *
 * <p>The time for drawing alone cannot be seen from outside. It is at most the time of a call of {@value #PROBED}
 * elements with a tile as input and one bit an element as answer; the least of {@value #PROBES} such calls is taken.
 */
final class Profile implements Enclosing {
    private static final int PROBED = 1 << 20;
    private static final int PROBES = 5;
    private static final int SHOWN = 8;

    private final Implementation implementation;
    private final long started;
    private final long opened;
    private final Map<String, Spent> byRequirement = new LinkedHashMap<>();
    private Spent current = new Spent();
    private long ended;

    private static final class Spent {
        private long calls;
        private long elements;
        private long drawn;
        private long nanos;
    }

    /** The profile of the implementation that {@code open} starts or makes. */
    Profile(Supplier<Implementation> open) {
        this.started = System.nanoTime();
        this.implementation = open.get();
        this.opened = System.nanoTime();
    }

    /** Passes on which requirement is being checked, and notes it here too. */
    Consumer<String> told(Consumer<String> progress) {
        return requirement -> {
            current = byRequirement.computeIfAbsent(requirement, any -> new Spent());
            progress.accept(requirement);
        };
    }

    @Override
    public Description description() {
        return implementation.description();
    }

    @Override
    public Result dropout(Call call) {
        return timed(call.input().size(), call.training(), () -> implementation.dropout(call));
    }

    @Override
    public Bits kept(Call call) {
        return timed(call.input().size(), true, () -> implementation.kept(call));
    }

    @Override
    public OperationResult answer(OperationCall call) {
        boolean training = Boolean.TRUE.equals(call.fields().get("training"));
        return timed(call.elements(), training, () -> implementation.answer(call));
    }

    @Override
    public Implementation enclosed() {
        return implementation;
    }

    @Override
    public boolean restart() {
        return timed(0, false, implementation::restart);
    }

    private <T> T timed(long elements, boolean draws, Supplier<T> call) {
        long start = System.nanoTime();
        current.calls++;
        current.elements += elements;
        current.drawn += draws ? elements : 0;
        try {
            return call.get();
        } finally {
            current.nanos += System.nanoTime() - start;
        }
    }

    /** The time that the run took, which ends now. Afterwards a few calls are made to time the drawing. */
    List<String> lines() {
        ended = System.nanoTime();
        List<Spent> all = List.copyOf(byRequirement.values());
        long calls = all.stream().mapToLong(spent -> spent.nanos).sum();
        long drawn = all.stream().mapToLong(spent -> spent.drawn).sum();
        List<String> lines = new ArrayList<>();
        lines.add(line("profile: %s in all", seconds(ended - started)));
        lines.add(part("start and import", opened - started));
        lines.add(part("calls, with their transfer", calls));
        lines.add(part("all else, analysis waited for and checks", ended - opened - calls));
        byRequirement.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().nanos))
                .limit(SHOWN)
                .forEach(entry -> lines.add(line(
                        "    %-28s %s in %,d calls of %,d elements",
                        entry.getKey(),
                        seconds(entry.getValue().nanos),
                        entry.getValue().calls,
                        entry.getValue().elements)));
        lines.addAll(drawing(calls, drawn));
        return lines;
    }

    private List<String> drawing(long calls, long drawn) {
        Optional<DType> dtype =
                description().dtypes().stream().filter(DType::isFloating).findFirst();
        boolean asked = description().can(Capability.KEPT_BITS) && description().can(Capability.TILED_INPUT);
        if (!asked || dtype.isEmpty() || description().can(Capability.FEW_SHAPES)) {
            return List.of("  drawing by itself: not seen without tiled_input and kept_bits");
        }
        byte[] one = new byte[dtype.get().bytes()];
        Tensor.of(dtype.get(), Shape.of(), 1).data().get(one);
        Call call = Call.training(0.5, Tensor.tiled(dtype.get(), Shape.of(PROBED), one));
        try {
            double inBits = least(() -> implementation.kept(call));
            double inFull = least(() -> implementation.dropout(call));
            return List.of(
                    line(
                            "  drawing by itself (%s, %,d elements a call): at most %.1f ns an element; an answer in full %.1f",
                            dtype.get(), PROBED, inBits / PROBED, inFull / PROBED),
                    line(
                            "  the run took %.1f times, its calls %.1f times what drawing its %,d elements so takes",
                            (ended - opened) / (inBits / PROBED * drawn), calls / (inBits / PROBED * drawn), drawn));
        } catch (ImplementationFault | IllegalArgumentException broken) {
            return List.of("  drawing by itself: not seen, since the implementation broke");
        }
    }

    private static double least(Runnable call) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < PROBES; i++) {
            long start = System.nanoTime();
            call.run();
            least = Math.min(least, System.nanoTime() - start);
        }
        return least;
    }

    private String part(String what, long nanos) {
        return line("  %-42s %s, %.0f %%", what, seconds(nanos), 100.0 * nanos / (ended - started));
    }

    private static String seconds(long nanos) {
        return line("%.2f s", nanos / 1e9);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
