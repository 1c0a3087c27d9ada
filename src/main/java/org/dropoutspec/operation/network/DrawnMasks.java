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
 * The masks that one step drew, as far as they may be compared: those of layers at rate .5, and in them each element
 * that the layer's output shows, since its input is not 0.
 *
 * <p>Masks count as the same if at least {@value #ENOUGH} elements can be compared and none differs. For independent
 * masks this has probability 2^-{@value #ENOUGH}, and at most 2^-250 if the rate is off by a sixteenth. For examples
 * that are any number apart, of some 130 at most, it has 2^-242. Masks that drop everything, or nothing, are the same
 * for that reason alone, and do not count.
 */
record DrawnMasks(List<Drawn> drawn) {
    private static final int ENOUGH = 256;
    private static final double LARGEST_RESOLUTION = 0x1p-4;

    /** One mask. */
    private record Drawn(int layer, int examples, int units, boolean[] known, boolean[] kept) {
        /** The mask that the input and the output of a layer show. */
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

        /** Whether some example is dropped in part; whole ones, dropped or kept, are often the same by chance. */
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

    /** The masks that a training call drew; empty for any other call, or one that carries its masks. */
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

    /** Whether equal masks are evidence if the rate may be off by this much. */
    static boolean areComparable(double resolution) {
        return resolution <= LARGEST_RESOLUTION;
    }

    /** Two layers with the same mask, in words. */
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

    /** A layer whose examples all have the same mask, or the mask of the example so many before, in words. */
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

    /** A layer with the same mask as in another step, in words. */
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
