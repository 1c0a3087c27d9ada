package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.Tensor;

/**
 * The masks that one step drew, as far as they may be compared: of layers at rate .5, each element that what the layer
 * gives shows, since what it takes is not 0.
 *
 * <p>Masks are said to be the same when at least {@value #ENOUGH} elements can be compared and none differs. Independent
 * ones do so with probability 2^-{@value #ENOUGH}, and with at most 2^-250 where the rate is off by a sixteenth; examples
 * that are any number apart, of some 130 at most, with 2^-242. Masks that drop everything, or nothing, are the same for
 * that alone, which is another matter.
 */
record DrawnMasks(List<Drawn> drawn) {
    private static final int ENOUGH = 256;
    private static final double LARGEST_RESOLUTION = 0x1p-4;

    /** One mask. */
    private record Drawn(int layer, int examples, int units, boolean[] known, boolean[] kept) {
        /** The mask, shown by what the layer took and gave. */
        static Drawn of(int layer, Tensor x, Tensor y) {
            Drawn drawn = new Drawn(
                    layer, x.shape().extent(0), x.shape().extent(1), new boolean[x.size()], new boolean[x.size()]);
            for (int i = 0; i < x.size(); i++) {
                double took = Math.abs(x.value(i));
                drawn.known[i] = took > 0 && took < Double.POSITIVE_INFINITY;
                drawn.kept[i] = !(Math.abs(y.value(i)) < took / 2);
            }
            return drawn;
        }

        boolean same(int elements, int first, Drawn other, int otherFirst) {
            boolean anyKept = false;
            boolean anyDropped = false;
            for (int i = 0; i < elements; i++) {
                if (compared(first + i, other, otherFirst + i)) {
                    if (kept[first + i] != other.kept[otherFirst + i]) {
                        return false;
                    }
                    anyKept |= kept[first + i];
                    anyDropped |= !kept[first + i];
                }
            }
            return anyKept && anyDropped;
        }

        long comparable(int elements, int first, Drawn other, int otherFirst) {
            return IntStream.range(0, elements)
                    .filter(i -> compared(first + i, other, otherFirst + i))
                    .count();
        }

        /** Examples that are dropped whole or not at all are often the same, and no mask of all of them for that. */
        private boolean hasMixedExample() {
            for (int i = 1; i < known.length; i++) {
                if (i % units != 0 && known[i] && known[i - 1] && kept[i] != kept[i - 1]) {
                    return true;
                }
            }
            return false;
        }

        private boolean compared(int i, Drawn other, int j) {
            return known[i] && other.known[j];
        }
    }

    /** Of a training call that carries no masks; none of another. */
    static DrawnMasks of(OperationCall call, OperationResult answer) {
        List<Drawn> drawn = new ArrayList<>();
        if (!call.training()
                || call.has("masks")
                || NetworkDropout.misshapen(call, answer).isPresent()) {
            return new DrawnMasks(drawn);
        }
        List<Tensor> activations = answer.tensors("activations");
        for (int k = 0; k < activations.size(); k++) {
            Map<String, Map<String, Object>> layer = NetworkLayers.of(call).get(k);
            if (NetworkLayers.rate(layer).filter(rate -> rate == 0.5).isPresent()) {
                drawn.add(Drawn.of(k, k == 0 ? call.tensor("input") : activations.get(k - 1), activations.get(k)));
            }
        }
        return new DrawnMasks(drawn);
    }

    /** Whether masks that are the same say anything, where the rate may be off by so much. */
    static boolean areComparable(double resolution) {
        return resolution <= LARGEST_RESOLUTION;
    }

    /** Where two layers dropped the same. */
    Optional<String> layers() {
        for (int i = 0; i < drawn.size(); i++) {
            for (int j = 0; j < i; j++) {
                Drawn one = drawn.get(j);
                Drawn other = drawn.get(i);
                int elements = one.units == other.units ? one.known.length : 0;
                if (one.same(elements, 0, other, 0) && one.comparable(elements, 0, other, 0) >= ENOUGH) {
                    return Optional.of("layers " + one.layer + " and " + other.layer
                            + ", expected different masks, got the same " + elements + " elements");
                }
            }
        }
        return Optional.empty();
    }

    /** Where all examples of a batch dropped the same, or what as many examples before them did. */
    Optional<String> examples() {
        for (Drawn mask : drawn) {
            int last = mask.hasMixedExample() ? mask.examples : 0;
            for (int before = 1; before < last; before++) {
                int elements = (mask.examples - before) * mask.units;
                int from = before * mask.units;
                if (mask.same(elements, 0, mask, from) && mask.comparable(elements, 0, mask, from) >= ENOUGH) {
                    return Optional.of("layer " + mask.layer + ", expected masks of their own, got the same for "
                            + (before == 1 ? "all " + mask.examples + " examples" : "examples " + before + " apart"));
                }
            }
        }
        return Optional.empty();
    }

    /** Where another step dropped the same. */
    Optional<String> sameAs(DrawnMasks other) {
        for (int k = 0; k < Math.min(drawn.size(), other.drawn.size()); k++) {
            Drawn first = drawn.get(k);
            Drawn second = other.drawn.get(k);
            int elements = first.known.length;
            if (first.same(elements, 0, second, 0) && first.comparable(elements, 0, second, 0) >= ENOUGH) {
                return Optional.of("drew the same mask of " + elements + " elements in layer " + first.layer);
            }
        }
        return Optional.empty();
    }
}
