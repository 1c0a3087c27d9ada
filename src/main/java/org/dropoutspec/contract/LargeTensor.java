package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.dropoutspec.tensor.Tiled;

/**
 * A call on more elements than an index of 32 bits counts, looked at where an index or an offset in bytes wraps, at the
 * start and at the end. Each stretch of the output is judged by itself; and where masks repeat, or all of a window is
 * alike, something wrapped.
 */
final class LargeTensor {
    private static final long SIGNED = 1L << 31;
    private static final long UNSIGNED = 1L << 32;

    private static final int ROW = 1 << 16;
    /** How far a stretch reaches to either side of its place. */
    private static final int REACH = 4096;

    private static final int WINDOW = 128;

    /** The highest probability that the count of drops in a sound stretch is told as wrong. */
    private static final double MISCOUNT = 1e-21;

    private static final double RATE = 0.5;

    private final CheckRun run;
    private final Tiled input;
    private final List<List<Long>> slices;
    private final Watch watch;

    /** The input has just over 2^32 elements where so many may be asked, else just over 2^31. */
    LargeTensor(CheckRun run) {
        this.run = run;
        this.watch = new Watch(run.description());
        long most = run.description().maxElements().orElseThrow();
        DType dtype = run.description().dtypes().stream()
                .filter(DType::isFloating)
                .min(Comparator.comparing(DType::bytes))
                .orElseThrow();
        Tensor tile = Fill.COUNTING.fill(dtype, Shape.of(1021), 0);
        int rows = (int) ((most >= UNSIGNED + ROW ? UNSIGNED : SIGNED) / ROW) + 1;
        this.input = new Tiled(List.of(rows, ROW), tile);
        this.slices = slices(input.size(), dtype.bytes());
    }

    private static List<List<Long>> slices(long size, int width) {
        TreeSet<Long> places = new TreeSet<>();
        for (long wrap : List.of(SIGNED, UNSIGNED)) {
            places.add(wrap);
            places.add(wrap / width);
        }
        List<List<Long>> slices = new ArrayList<>();
        slices.add(List.of(0L, 2L * REACH));
        places.stream()
                .filter(place -> place < size - 3 * REACH)
                .forEach(place -> slices.add(List.of(place - REACH, place + REACH)));
        slices.add(List.of(size - 2 * REACH, size));
        return slices;
    }

    /** Asks in training, and in evaluation where there is one. */
    void require() {
        run.outcome().evidence().put("elements", input.size());
        run.outcome().evidence().put("dtype", input.dtype().toString());
        List<Tensor> outputs = answered(true);
        List<PackedMask> masks = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            PackedMask mask = PackedMask.ofOutput(outputs.get(i));
            requireCount(i, mask);
            masks.add(mask);
        }
        requireNoRepetition(masks);
        if (Applies.EVALUATION.holdsFor(run.description())) {
            answered(false);
        }
    }

    /** The slices of the output, after the values of each were held to what they have to be. */
    private List<Tensor> answered(boolean training) {
        OperationCall call = OperationCall.of(PlainDropout.NAME)
                .with("rate", RATE)
                .with("training", training)
                .with("input", input);
        if (training && run.can(Capability.SEED)) {
            call = call.with(
                    "seed",
                    Math.floorMod(
                            run.session().seedFor("NUM-6"),
                            run.description().seeding().limit()));
        }
        List<Tensor> outputs = run.answer(PlainDropout.inSlices(call, slices)).tensors("slices");
        requireForm(outputs);
        run.session().implementation().answeredInSlices(input, RATE);
        for (int i = 0; i < outputs.size(); i++) {
            Tensor x = input.slice(slices.get(i).get(0), slices.get(i).get(1));
            int number = i;
            watch.look(Call.training(RATE, x).withTraining(training), Result.of(outputs.get(i))).sightings().stream()
                    .findFirst()
                    .ifPresent(seen -> {
                        throw violation(training, at(number) + seen.what() + ", as " + seen.requirement() + " forbids");
                    });
        }
        return outputs;
    }

    private void requireForm(List<Tensor> outputs) {
        List<Shape> shapes = outputs.stream().map(Tensor::shape).toList();
        List<Shape> expected = slices.stream()
                .map(slice -> Shape.of(Math.toIntExact(slice.get(1) - slice.get(0))))
                .toList();
        if (!shapes.equals(expected)) {
            throw run.outcome()
                    .broken(new ImplementationFault("slices of shapes " + shapes + " must be of those asked for: "
                            + expected + " (" + input + ")"));
        }
    }

    /** Bounds the count of drops by Hoeffding's inequality, with the rate anywhere within the resolution. */
    private void requireCount(int number, PackedMask mask) {
        run.coincidences().spend(MISCOUNT);
        double far = Math.sqrt(Math.log(2 / MISCOUNT) * mask.size() / 2)
                + run.description().choices().rateResolution() * mask.size();
        if (Math.abs(mask.count() - RATE * mask.size()) > far) {
            throw violation(
                    true,
                    at(number) + mask.count() + " of " + mask.size() + " elements were dropped, "
                            + Math.round(RATE * mask.size()) + " expected");
        }
    }

    /** Windows of 128 elements: two are equal with probability 2^-128, one is all alike with probability 2^-127. */
    private void requireNoRepetition(List<PackedMask> masks) {
        record Window(long low, long high) {}
        double resolution = run.description().choices().rateResolution();
        double windows = masks.stream().mapToDouble(PackedMask::size).sum();
        run.coincidences()
                .spend(windows * windows * FalseAlarmShares.equal(WINDOW, resolution)
                        + windows * FalseAlarmShares.alike(WINDOW, resolution));
        Map<Window, Long> first = new HashMap<>();
        for (int s = 0; s < masks.size(); s++) {
            PackedMask mask = masks.get(s);
            Window window = new Window(0, 0);
            for (int i = 0; i < mask.size(); i++) {
                window = new Window(
                        window.low >>> 1 | window.high << 63, window.high >>> 1 | (mask.dropped(i) ? 1L : 0) << 63);
                if (i + 1 < WINDOW) {
                    continue;
                }
                long at = slices.get(s).get(0) + i + 1 - WINDOW;
                if (window.low == window.high && (window.low == 0 || window.low == -1)) {
                    throw violation(true, words(at) + " are all " + (window.low == 0 ? "kept" : "dropped"));
                }
                Long other = first.putIfAbsent(window, at);
                if (other != null) {
                    throw violation(true, words(at) + " repeat the mask of " + words(other));
                }
            }
        }
    }

    private static String words(long from) {
        return String.format(Locale.ROOT, "elements %,d to %,d", from, from + WINDOW - 1);
    }

    private String at(int number) {
        return String.format(
                Locale.ROOT, "from element %,d on, ", slices.get(number).get(0));
    }

    private Violation violation(boolean training, String what) {
        return run.violation(what + " (" + (training ? "" : "evaluation, ") + "rate " + RATE + ", " + input + ")");
    }
}
