package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Networks whose layers draw masks that depend on each other. */
final class NetworkMaskMutants {
    private NetworkMaskMutants() {}

    static List<Mutant> all() {
        return List.of(
                drawn(
                        "network-one-mask-for-all-layers",
                        "NET-6",
                        "draws one mask for all dropout layers of a width, as one seed for each layer gives it",
                        () -> (call, masks) -> {
                            masks.replaceAll(mask -> masks.stream()
                                    .filter(other -> other.shape().equals(mask.shape()))
                                    .findFirst()
                                    .orElseThrow());
                        }),
                drawn(
                        "network-one-mask-for-hidden-layers",
                        "NET-6",
                        "draws a mask for the first dropout layer, and one for all others of a width",
                        () -> (call, masks) -> {
                            for (int k = 2; k < masks.size(); k++) {
                                boolean alike =
                                        masks.get(k).shape().equals(masks.get(1).shape());
                                masks.set(k, masks.get(alike ? 1 : k));
                            }
                        }),
                drawn(
                        "network-one-mask-for-the-batch",
                        "NET-7",
                        "draws one mask for all examples of a batch",
                        () -> (call, masks) -> masks.replaceAll(NetworkMaskMutants::ofTheFirst)),
                drawn(
                        "network-masks-of-64-examples",
                        "NET-7",
                        "has masks for 64 examples, and begins again with the first of them",
                        () -> (call, masks) -> masks.replaceAll(NetworkMaskMutants::ofTheFirst64)),
                drawn(
                        "network-mask-kept-between-steps",
                        "NET-8",
                        "keeps the masks of a step for the next one",
                        Keeping::new));
    }

    /** Changes the masks that a step drew. */
    private interface Change {
        void of(OperationCall call, List<Tensor> masks);
    }

    private static Mutant drawn(String name, String requirement, String what, Supplier<Change> changes) {
        NetworkDropout operation = new NetworkDropout();
        return new Mutant(name, operation.name(), requirement, what, seed -> {
            Change change = changes.get();
            return new BrokenOperation(operation, seed, (call, dropout, sound) -> {
                if (!call.training() || call.has("masks")) {
                    return sound.answer(call, dropout);
                }
                List<Tensor> masks = new ArrayList<>(sound.answer(call, dropout).tensors("masks"));
                change.of(call, masks);
                return sound.answer(call.with("masks", masks), dropout);
            });
        });
    }

    /** Keeps the masks while their shapes and the rates stay the same, like a layer that draws when it is built. */
    private static final class Keeping implements Change {
        private List<Object> layers = List.of();
        private List<Tensor> kept = List.of();

        @Override
        public void of(OperationCall call, List<Tensor> masks) {
            List<Object> now = List.of(
                    NetworkLayers.masks(call),
                    NetworkLayers.of(call).stream()
                            .flatMap(layer -> NetworkLayers.rate(layer).stream())
                            .toList());
            if (call.seed().isEmpty() && now.equals(layers)) {
                for (int k = 0; k < masks.size(); k++) {
                    masks.set(k, kept.get(k));
                }
            }
            layers = now;
            kept = List.copyOf(masks);
        }
    }

    private static Tensor ofTheFirst(Tensor mask) {
        return ofTheFirst(1, mask);
    }

    private static Tensor ofTheFirst64(Tensor mask) {
        return ofTheFirst(64, mask);
    }

    private static Tensor ofTheFirst(int examples, Tensor mask) {
        int units = mask.shape().extent(1);
        boolean[] kept = new boolean[mask.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.bool(i % (examples * units)) != 0;
        }
        return Tensor.ofBooleans(Shape.of(mask.shape().extent(0), units), kept);
    }
}
