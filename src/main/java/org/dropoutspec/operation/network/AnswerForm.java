package org.dropoutspec.operation.network;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Whether an answer has the layers, types and shapes of the network that was asked. */
record AnswerForm(OperationCall call, OperationResult answer) {

    /** The first thing in the answer that has another form, in words. */
    Optional<String> wrong() {
        DType dtype = call.tensor("input").dtype();
        List<Shape> masks = call.training() && answer.has("masks") ? NetworkLayers.masks(call) : List.of();
        List<Tensor> told = masks.isEmpty() ? List.of() : answer.tensors("masks");
        return all("activations", dtype, NetworkLayers.shapes(call), answer.tensors("activations"))
                .or(() -> all("masks", DType.BOOL, masks, told))
                .or(() -> call.has("gradients") ? gradients(dtype) : Optional.empty());
    }

    private static Optional<String> all(String name, DType dtype, List<Shape> shapes, List<Tensor> got) {
        if (got.size() != shapes.size()) {
            return Optional.of(name + ", expected " + shapes.size() + ", got " + got.size());
        }
        for (int k = 0; k < got.size(); k++) {
            Optional<String> wrong = one(name + "[" + k + "]", dtype, shapes.get(k), got.get(k));
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> one(String name, DType dtype, Shape shape, Tensor got) {
        return got.dtype() == dtype && got.shape().equals(shape)
                ? Optional.empty()
                : Optional.of(name + ", expected " + dtype + " " + shape + ", got " + got.dtype() + " " + got.shape());
    }

    private Optional<String> gradients(DType dtype) {
        List<Map<String, Tensor>> gradients = answer.tensorsByName("gradients");
        List<Map<String, Map<String, Object>>> layers = NetworkLayers.of(call);
        if (gradients.size() != layers.size()) {
            return Optional.of("gradients, expected " + layers.size() + ", got " + gradients.size());
        }
        for (int k = 0; k < layers.size(); k++) {
            Map<String, Object> parameters = layers.get(k).getOrDefault("dense", Collections.emptyMap());
            Set<String> names = gradients.get(k).keySet();
            if (!names.equals(parameters.keySet())) {
                return Optional.of("gradients[" + k + "], expected those of " + parameters.keySet() + ", got " + names);
            }
            for (String name : names) {
                Shape shape = ((Tensor) NetworkLayers.required(parameters, name)).shape();
                Optional<String> wrong = one(
                        "gradients[" + k + "]." + name, dtype, shape, NetworkLayers.required(gradients.get(k), name));
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return one("grad_input", dtype, call.tensor("input").shape(), answer.tensor("grad_input"));
    }
}
