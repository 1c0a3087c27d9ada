package org.dropoutspec.operation.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.oracle.Roundoff;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.Tensor;

/**
 * Compares every answer of attention with exact arithmetic, given the mask. The mask is read from the output if the
 * value was made to show it. So a mask that is reported wrongly, or given and not applied, is told as just that.
 */
final class AttentionJudge {
    private static final Map<String, String> REQUIREMENTS =
            Map.of("output", "ATTN-1", "grad_value", "ATTN-2", "grad_query", "ATTN-3", "grad_key", "ATTN-3");

    List<Sighting> judge(OperationCall call, OperationResult answer, Description description) {
        Optional<String> misshapen = AttentionDropout.misshapen(call, answer);
        if (misshapen.isPresent()) {
            return List.of(new Sighting("ATTN-5", misshapen.get()));
        }
        double rate = call.rate();
        if (!(rate >= 0 && rate <= 1) || !finite(call)) {
            return List.of();
        }
        Choices choices = description.declaration(AttentionDropout.NAME).choices();
        ExactAttention exact = new ExactAttention(call);
        boolean inverted = choices.scaling() == Scaling.INVERTED;
        boolean everything = call.training() && rate == 1;
        double factor = inverted == call.training() ? inverted ? 1 / (1 - rate) : 1 - rate : 1;
        factor = everything ? 0 : factor;
        double units = factor == 1 || everything
                ? 0
                : new Roundoff(call.tensor("query").dtype()).scaleUnits(rate);
        Optional<boolean[]> kept = mask(call, answer, exact, factor, units);
        if (kept.isEmpty() || !(units < Double.POSITIVE_INFINITY)) {
            return List.of();
        }
        List<Sighting> seen = new ArrayList<>();
        exact.answers(kept.get(), factor, units, call.optionalTensor("grad_output"))
                .forEach((field, enclosure) -> enclosure
                        .misses(field.replace('_', ' '), answer.tensor(field))
                        .ifPresent(what -> seen.add(new Sighting(
                                call.training() ? Objects.requireNonNull(REQUIREMENTS.get(field)) : "ATTN-4", what))));
        return first(seen);
    }

    private static Optional<boolean[]> mask(
            OperationCall call, OperationResult answer, ExactAttention exact, double factor, double units) {
        boolean[] all = new boolean[AttentionExtents.of(call).mask().size()];
        Arrays.fill(all, true);
        if (!call.training() || call.rate() == 1) {
            return Optional.of(all); // at rate 1 the factor is 0
        }
        Optional<boolean[]> shown = exact.mask(answer.tensor("output"), call.tensor("value"), factor, units);
        if (shown.isPresent()
                || AttentionExtents.of(call).showing(call.tensor("value")).isPresent()) {
            return shown;
        }
        return call.optionalTensor("mask")
                .or(() -> answer.optionalTensor("mask"))
                .map(AttentionJudge::kept);
    }

    private static boolean[] kept(Tensor mask) {
        boolean[] kept = new boolean[mask.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.bool(i) != 0;
        }
        return kept;
    }

    private static boolean finite(OperationCall call) {
        return Double.isFinite(call.number("scale"))
                && call.tensors().values().stream().allMatch(AttentionJudge::finite);
    }

    private static boolean finite(Tensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            if (!Double.isFinite(tensor.value(i))) {
                return false;
            }
        }
        return true;
    }

    /** The first sighting of each requirement. */
    private static List<Sighting> first(List<Sighting> seen) {
        return seen.stream()
                .filter(sighting -> seen.stream()
                                .filter(other -> other.requirement().equals(sighting.requirement()))
                                .findFirst()
                                .orElseThrow()
                        == sighting)
                .toList();
    }
}
