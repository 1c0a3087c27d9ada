package org.dropoutspec.golden.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.dropoutspec.golden.format.Different;
import org.dropoutspec.golden.format.Field;
import org.dropoutspec.golden.format.Same;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Checks whether the answers to several calls agree, or differ, where a vector requires it. */
final class AgreeingAnswers {
    private final IntFunction<List<Fate>> fatesOf;
    private final List<Result> results;

    /** @param fatesOf gives the fate of each cell of a call's mask, by the index of the call */
    AgreeingAnswers(IntFunction<List<Fate>> fatesOf, List<Result> results) {
        this.fatesOf = fatesOf;
        this.results = results;
    }

    /** The differences between the answers that contradict {@code same}. */
    List<String> failures(Same same) {
        List<String> failures = new ArrayList<>();
        int first = same.calls().get(0);
        for (int other : same.calls().subList(1, same.calls().size())) {
            String where = "calls[" + first + "] and calls[" + other + "]: expected the same " + same.field() + ", ";
            if (same.field() == Field.MASK) {
                compareMasks(where, fatesOf.apply(first), fatesOf.apply(other), failures);
            } else {
                Tensor one = same.field().of(results.get(first)).orElseThrow();
                compare(where, one, same.field().of(results.get(other)).orElseThrow(), failures);
            }
        }
        return failures;
    }

    /** Which calls drew the same mask though they must not; what nothing shows is neither the same nor different. */
    List<String> failures(Different different) {
        List<String> failures = new ArrayList<>();
        List<Integer> calls = different.calls();
        for (int i = 0; i < calls.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (areTheSame(fatesOf.apply(calls.get(j)), fatesOf.apply(calls.get(i)))) {
                    failures.add("calls[" + calls.get(j) + "] and calls[" + calls.get(i)
                            + "]: expected different masks, got the same");
                }
            }
        }
        return failures;
    }

    private static boolean areTheSame(List<Fate> one, List<Fate> other) {
        long known = IntStream.range(0, Math.min(one.size(), other.size()))
                .filter(i -> one.get(i) != Fate.UNKNOWN && other.get(i) != Fate.UNKNOWN)
                .count();
        return known >= Different.FEWEST
                && IntStream.range(0, one.size()).noneMatch(i -> one.get(i).contradicts(other.get(i)));
    }

    private static void compareMasks(String where, List<Fate> one, List<Fate> other, List<String> failures) {
        if (one.size() != other.size()) {
            failures.add(where + "got " + one.size() + " and " + other.size() + " elements");
            return;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i).contradicts(other.get(i))) {
                failures.add(where + "mask[" + i + "] is " + one.get(i) + " and then " + other.get(i));
            }
        }
    }

    private static void compare(String where, Tensor one, Tensor other, List<String> failures) {
        if (one.dtype() != other.dtype() || !one.shape().equals(other.shape())) {
            failures.add(
                    where + "got " + one.dtype() + " " + one.shape() + " and " + other.dtype() + " " + other.shape());
            return;
        }
        DType dtype = one.dtype();
        WordType type = WordType.of(dtype);
        for (int i = 0; i < one.size(); i++) {
            long word = one.bits(i);
            long next = other.bits(i);
            if (word != next && !(dtype.isNaN(word) && dtype.isNaN(next))) {
                failures.add(where + "element " + i + " is " + type.hex(word) + " and then " + type.hex(next));
            }
        }
    }
}
