package org.dropoutspec.operation;

import java.util.Locale;
import java.util.Optional;
import org.dropoutspec.tensor.Tensor;

/**
 * The exact elements of a tensor, and how far an answer may be off at each.
 *
 * @param values in row-major order
 * @param bounds of the absolute error; infinite where nothing is required
 */
public record Enclosure(double[] values, double[] bounds) {
    /** An enclosure of zeros, to which terms are added. */
    public static Enclosure ofSize(int size) {
        return new Enclosure(new double[size], new double[size]);
    }

    /** Adds a term to an element. */
    public void add(int index, double value, double bound) {
        values[index] += value;
        bounds[index] += bound;
    }

    /** The first element outside its bound, in words: {@code output index 3, expected 0.5, got 1.0}. */
    public Optional<String> misses(String name, Tensor got) {
        int index = firstMissed(got);
        return index < 0 ? Optional.empty() : Optional.of(words(name, index, got));
    }

    /** The index of the first element outside its bound; -1 if there is none. */
    public int firstMissed(Tensor got) {
        for (int i = 0; i < values.length; i++) {
            if (misses(i, got)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether this element is outside its bound. A NaN is, unless nothing is required. */
    public boolean misses(int index, Tensor got) {
        return !(Math.abs(got.value(index) - values[index]) <= bounds[index])
                && bounds[index] < Double.POSITIVE_INFINITY;
    }

    /** The expected element and the one that was got, in words. */
    public String words(String name, int index, Tensor got) {
        String should = got.dtype().text(got.dtype().round(values[index]));
        String is = got.dtype().text(got.bits(index));
        return name + " index " + index + ", expected " + should + ", got " + is
                + (bounds[index] == 0 ? "" : String.format(Locale.ROOT, ", off by more than %.2g", bounds[index]));
    }
}
