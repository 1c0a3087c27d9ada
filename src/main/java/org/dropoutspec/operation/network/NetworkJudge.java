package org.dropoutspec.operation.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.operation.Enclosure;
import org.dropoutspec.operation.network.ExactNetwork.Scale;
import org.dropoutspec.oracle.Roundoff;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Compares one answer of a network with exact arithmetic, layer by layer, given the masks that it shows. */
final class NetworkJudge {
    private final OperationCall call;
    private final OperationResult answer;
    private final Choices choices;
    private final List<Map<String, Map<String, Object>>> layers;
    private final ExactNetwork exact;
    private final DType dtype;
    private final List<Tensor> activations;
    private final Map<String, Sighting> seen = new LinkedHashMap<>();

    private NetworkJudge(OperationCall call, OperationResult answer, Choices choices) {
        this.call = call;
        this.answer = answer;
        this.choices = choices;
        this.layers = NetworkLayers.of(call);
        this.dtype = call.tensor("input").dtype();
        this.exact = new ExactNetwork(dtype);
        this.activations = answer.tensors("activations");
    }

    static List<Sighting> judge(OperationCall call, OperationResult answer, Description description) {
        Optional<String> misshapen = NetworkDropout.misshapen(call, answer);
        if (misshapen.isPresent()) {
            return List.of(new Sighting("NET-9", misshapen.get()));
        }
        boolean probabilities = NetworkLayers.of(call).stream()
                .flatMap(layer -> NetworkLayers.rate(layer).stream())
                .allMatch(rate -> rate >= 0 && rate <= 1);
        Choices choices = description.declaration(NetworkDropout.NAME).choices();
        return probabilities ? new NetworkJudge(call, answer, choices).sightings() : List.of();
    }

    private List<Sighting> sightings() {
        forward();
        loss();
        if (call.has("gradients")) {
            backward();
        }
        if (DrawnMasks.areComparable(choices.rateResolution())) {
            DrawnMasks masks = DrawnMasks.of(call, answer);
            masks.layers().ifPresent(what -> see("NET-6", what));
            masks.examples().ifPresent(what -> see("NET-7", what));
        }
        return List.copyOf(seen.values());
    }

    private void see(String requirement, String what) {
        seen.putIfAbsent(requirement, new Sighting(requirement, what));
    }

    private Tensor taken(int layer) {
        return layer == 0 ? call.tensor("input") : activations.get(layer - 1);
    }

    private Scale scale(int layer) {
        double rate = NetworkLayers.rate(layers.get(layer)).orElseThrow();
        boolean inverted = choices.scaling() == Scaling.INVERTED;
        if (inverted != call.training()) {
            return new Scale(1, 0);
        }
        if (inverted && rate == 1) {
            return new Scale(0, 0);
        }
        return new Scale(inverted ? 1 / (1 - rate) : 1 - rate, rate == 0 ? 0 : new Roundoff(dtype).scaleUnits(rate));
    }

    private Optional<ShownUnits> kept(int layer) {
        if (!call.training()) {
            return Optional.empty();
        }
        int mask = (int) IntStream.range(0, layer)
                .filter(before -> layers.get(before).containsKey("dropout"))
                .count();
        Optional<Tensor> told = NetworkLayers.givenMasks(call)
                .or(() -> answer.has("masks") ? Optional.of(answer.tensors("masks")) : Optional.empty())
                .map(masks -> masks.get(mask));
        return Optional.of(new ShownUnits(taken(layer), activations.get(layer), told));
    }

    private void forward() {
        for (int k = 0; k < layers.size(); k++) {
            Map<String, Map<String, Object>> layer = layers.get(k);
            Optional<Tensor> weight = NetworkLayers.weight(layer);
            boolean drops = layer.containsKey("dropout");
            Enclosure given;
            if (weight.isPresent()) {
                given = exact.dense(weight.get(), NetworkLayers.bias(layer), taken(k));
            } else {
                given = drops ? exact.dropout(taken(k), kept(k), scale(k)) : exact.relu(taken(k));
            }
            String name = "layer " + k + " (" + layer.keySet().iterator().next() + ")";
            given.misses(name, activations.get(k))
                    .ifPresent(what -> see(drops && !call.training() ? "NET-5" : "NET-1", what));
        }
    }

    private Tensor logits() {
        return activations.get(layers.size() - 1);
    }

    private void loss() {
        Enclosure loss = exact.loss(logits(), NetworkLayers.target(call));
        double got = answer.number("loss");
        double bound = loss.bounds()[0];
        if (bound < Double.POSITIVE_INFINITY && !(Math.abs(got - loss.values()[0]) <= bound)) {
            see("NET-2", "loss, expected " + loss.values()[0] + ", got " + got);
        }
    }

    private void backward() {
        List<Map<String, Tensor>> gradients = answer.tensorsByName("gradients");
        Enclosure dy = exact.lossGradient(logits(), NetworkLayers.target(call));
        for (int k = layers.size() - 1; k >= 0; k--) {
            Map<String, Map<String, Object>> layer = layers.get(k);
            Optional<Tensor> weight = NetworkLayers.weight(layer);
            if (weight.isPresent()) {
                gradient(k, "weight", exact.weightGradient(weight.get(), taken(k), dy), gradients);
                gradient(k, "bias", exact.biasGradient(NetworkLayers.bias(layer), dy), gradients);
                dy = exact.denseBackward(weight.get(), dy);
            } else if (layer.containsKey("relu")) {
                dy = exact.reluBackward(taken(k), dy);
            } else {
                dy = exact.dropoutBackward(kept(k), scale(k), dy);
            }
        }
        gradient("grad input", dy, answer.tensor("grad_input"));
    }

    private void gradient(int layer, String of, Enclosure expected, List<Map<String, Tensor>> gradients) {
        gradient(
                of + " gradient of layer " + layer,
                expected,
                Objects.requireNonNull(gradients.get(layer).get(of)));
    }

    /** An element that must be 0 whatever the numbers are follows a dropped unit or a ReLU, and is told apart. */
    private void gradient(String name, Enclosure expected, Tensor got) {
        IntPredicate nothing = i -> expected.values()[i] == 0 && expected.bounds()[i] == 0;
        List<Integer> missed = new ArrayList<>();
        for (int i = 0; i < got.size(); i++) {
            if (expected.misses(i, got)) {
                missed.add(i);
            }
        }
        missed.stream()
                .filter(nothing::test)
                .findFirst()
                .ifPresent(i -> see(call.training() ? "NET-4" : "NET-5", expected.words(name, i, got)));
        missed.stream()
                .filter(i -> !nothing.test(i))
                .findFirst()
                .ifPresent(i -> see(call.training() ? "NET-3" : "NET-5", expected.words(name, i, got)));
    }
}
