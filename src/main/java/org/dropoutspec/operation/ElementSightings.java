package org.dropoutspec.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * The requirements that one answer breaks, for an operation whose output has one element for each of its input. Each
 * requirement is told by the first element that breaks it.
 */
public final class ElementSightings {
    private final OperationCall call;
    private final OperationResult answer;
    private final Tensor x;
    private final DType dtype;
    private final Map<String, String> seen = new LinkedHashMap<>();
    /** By requirement, the one that its sighting is a part of. */
    private final Map<String, String> partOf = new HashMap<>();

    public ElementSightings(OperationCall call, OperationResult answer) {
        this.call = call;
        this.answer = answer;
        this.x = call.tensor("input");
        this.dtype = x.dtype();
    }

    /** Whether a tensor of the answer, if it is there, has the type and shape of the input; if not, that is told. */
    public boolean requireForm(String requirement, String field) {
        Optional<Tensor> got = answer.optionalTensor(field);
        boolean right =
                got.isEmpty() || got.get().dtype() == dtype && got.get().shape().equals(x.shape());
        if (!right) {
            seen.putIfAbsent(
                    requirement,
                    field.replace('_', ' ') + " expected as " + dtype + " " + x.shape() + ", got "
                            + got.get().dtype() + " " + got.get().shape());
        }
        return right;
    }

    /** The gradient, if it was asked for and is there. */
    public Optional<Tensor> gradient() {
        return call.has("grad_output") ? answer.optionalTensor("grad_input") : Optional.empty();
    }

    /** Requires an evaluation to return its input, and the upstream gradient, if there is one, bit for bit. */
    public void requireEvaluated(String gradientRequirement) {
        requireSame("EVAL-1", "", x, answer.tensor("output"));
        gradient().ifPresent(dx -> requireSame(gradientRequirement, "gradient ", call.tensor("grad_output"), dx));
    }

    private void requireSame(String requirement, String name, Tensor expected, Tensor got) {
        for (int i = 0; i < expected.size(); i++) {
            boolean same = got.bits(i) == expected.bits(i) || dtype.isNaN(got.bits(i)) && dtype.isNaN(expected.bits(i));
            if (!same) {
                see(requirement, i, name, dtype.text(expected.bits(i)), got);
            }
        }
    }

    /** Requires output and gradient to be 0 at rate 1, where everything is dropped; if both are not, it is the output. */
    public void requireNothing(String gradientRequirement) {
        if (!call.has("mask") && !call.has("noise")) {
            requireZero("RATE-8", "", x, answer.tensor("output"));
        }
        if (seen.containsKey("RATE-8")) {
            partOf.put(gradientRequirement, "RATE-8");
        }
        gradient().ifPresent(dx -> requireZero(gradientRequirement, "gradient ", call.tensor("grad_output"), dx));
    }

    private void requireZero(String requirement, String name, Tensor of, Tensor got) {
        for (int i = 0; i < got.size(); i++) {
            if (got.value(i) != 0 && Double.isFinite(of.value(i))) {
                see(requirement, i, name, "0 at rate 1", got);
            }
        }
    }

    /** @param name the name of the tensor, with a space; empty for the output */
    public void see(String requirement, int index, String name, String expected, Tensor got) {
        if (!seen.containsKey(requirement)) {
            seen.put(
                    requirement,
                    name + "index " + index + ", expected " + expected + ", got " + dtype.text(got.bits(index)));
        }
    }

    public List<Sighting> all() {
        List<Sighting> sightings = new ArrayList<>();
        seen.forEach((requirement, what) ->
                sightings.add(new Sighting(requirement, what, false, Optional.ofNullable(partOf.get(requirement)))));
        return sightings;
    }
}
