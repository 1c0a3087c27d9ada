package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dropoutspec.golden.format.Different;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** The calls of plain dropout that are tried as a vector, made from calls that broke a requirement. */
final class CounterexampleCalls {
    /** So many elements that masks of them are not the same by chance. */
    private static final int MANY = Different.FEWEST;

    private CounterexampleCalls() {}

    /**
     * The candidates in order: the last call alone; all calls; if the last one is seeded, that one twice from the same
     * seed; and the same on more elements, of which some are kept and some dropped.
     */
    static List<List<Call>> of(List<Call> calls) {
        List<List<Call>> candidates = new ArrayList<>();
        if (calls.isEmpty()) {
            return candidates;
        }
        Call last = calls.get(calls.size() - 1);
        candidates.add(List.of(withMask(last)));
        if (calls.size() > 1) {
            candidates.add(calls);
        }
        addReplay(last, candidates);
        wider(last).ifPresent(wide -> {
            candidates.add(List.of(withMask(wide)));
            addReplay(wide, candidates);
        });
        return candidates;
    }

    /**
     * The calls that drew the same mask and must not have: each with a seed of its own the last two, else the stream; and
     * the same on more elements.
     */
    static List<List<Call>> ofDifferentMasks(List<Call> calls) {
        List<Call> drawing = calls.stream()
                .filter(call -> call.training() && call.mask().isEmpty())
                .toList();
        if (drawing.size() < 2) {
            return List.of();
        }
        List<Call> lastTwo = drawing.subList(drawing.size() - 2, drawing.size());
        List<Call> same = lastTwo.stream().allMatch(call -> call.seed().isPresent()) ? lastTwo : drawing;
        List<List<Call>> candidates = new ArrayList<>(List.of(same));
        List<Call> wide = same.stream().flatMap(call -> wider(call).stream()).toList();
        if (wide.size() == same.size()) {
            candidates.add(wide);
        }
        return candidates;
    }

    private static void addReplay(Call call, List<List<Call>> candidates) {
        if (call.training() && call.mask().isEmpty() && call.seed().isPresent()) {
            candidates.add(List.of(call, call.withoutSeed(), call));
        }
    }

    /** Adds a mask, which a vector of one training call needs. Who cannot take one draws, and is held to that draw. */
    private static Call withMask(Call call) {
        boolean drawn = call.training() && call.mask().isEmpty() && call.seed().isEmpty();
        if (!drawn || !(call.rate() >= 0 && call.rate() <= 1)) {
            return call;
        }
        Shape shape = call.maskShape();
        boolean one = call.rate() == 1;
        long[] words = IntStream.range(0, shape.size())
                .mapToLong(i -> one || i % 2 == 1 && call.rate() > 0 ? 0 : 1)
                .toArray();
        return call.withMask(Tensor.ofBits(DType.BOOL, shape, words));
    }

    private static Optional<Call> wider(Call call) {
        int size = call.input().size();
        boolean plain = call.training()
                && call.noiseShape().isEmpty()
                && call.permutation().isEmpty();
        if (!plain || size == 0 || size >= MANY) {
            return Optional.empty();
        }
        int times = MANY / size + 1;
        Call unseeded = Call.training(call.rate(), repeated(call.input(), times));
        Call wide = call.seed().isPresent() ? unseeded.withSeed(call.seed().getAsLong()) : unseeded;
        Call masked =
                call.mask().map(mask -> wide.withMask(repeated(mask, times))).orElse(wide);
        return Optional.of(call.gradOutput()
                .map(gradient -> masked.withGradOutput(repeated(gradient, times)))
                .orElse(masked));
    }

    private static Tensor repeated(Tensor tensor, int times) {
        long[] words = IntStream.range(0, times * tensor.size())
                .mapToLong(i -> tensor.bits(i % tensor.size()))
                .toArray();
        return Tensor.ofBits(tensor.dtype(), Shape.of(words.length), words);
    }
}
