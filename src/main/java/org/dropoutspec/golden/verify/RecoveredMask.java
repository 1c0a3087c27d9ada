package org.dropoutspec.golden.verify;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.format.VectorOperation.Drawn;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * Compares an answer whose mask was not given with exact arithmetic: under the mask that it reports, or under every
 * possible mask, one of which must explain the whole answer.
 */
final class RecoveredMask {
    /** The most elements of a mask for which all masks are tried; there are 2 to the power of their number. */
    private static final int MOST_CELLS = 8;

    private final VectorOperation operation;
    private final OperationCall call;
    private final Choices choices;
    private final List<Drawn> drawn;

    RecoveredMask(VectorOperation operation, OperationCall call, Choices choices) {
        this.operation = operation;
        this.call = call;
        this.choices = choices;
        this.drawn = operation.drawn(call);
    }

    boolean isPossible() {
        return drawn.stream().noneMatch(Drawn::isNoise) && freeCells() <= MOST_CELLS;
    }

    String reasonAgainst() {
        return drawn.stream().anyMatch(Drawn::isNoise)
                ? "the noise is neither taken nor told"
                : "the mask is neither taken nor told, and has too many elements to try them all";
    }

    private int freeCells() {
        return drawn.stream()
                .filter(each -> each.rate() > 0 && each.rate() < 1)
                .mapToInt(each -> each.shape().size())
                .sum();
    }

    List<String> failuresUnderReported(OperationResult result) {
        List<Tensor> reported = new ArrayList<>();
        for (Drawn each : drawn) {
            Tensor tensor = each.index() < 0
                    ? result.tensor(each.field())
                    : each.index() < result.tensors(each.field()).size()
                            ? result.tensors(each.field()).get(each.index())
                            : null;
            DType type = each.isNoise() ? call.tensor("input").dtype() : DType.BOOL;
            if (tensor == null || tensor.dtype() != type || !tensor.shape().equals(each.shape())) {
                return List.of(each.field() + ": expected " + type + " " + each.shape() + ", got "
                        + (tensor == null ? "nothing" : tensor.dtype() + " " + tensor.shape()));
            }
            if (!each.isNoise() && !isPossible(each, tensor)) {
                return List.of(each.field() + ": " + (each.rate() == 0 ? "dropped at rate 0" : "kept at rate 1"));
            }
            reported.add(tensor);
        }
        return failuresUnder(result, reported);
    }

    private static boolean isPossible(Drawn each, Tensor mask) {
        for (int i = 0; i < mask.size(); i++) {
            if (mask.bool(i) != 0 ? each.rate() == 1 : each.rate() == 0) {
                return false;
            }
        }
        return true;
    }

    List<String> failuresUnderAny(OperationResult result) {
        List<String> fewest = List.of();
        for (int mask = 0; mask < 1 << freeCells(); mask++) {
            List<String> failures = failuresUnder(result, masks(mask));
            if (failures.isEmpty()) {
                return List.of();
            }
            if (fewest.isEmpty() || failures.size() < fewest.size()) {
                fewest = failures;
            }
        }
        List<String> told = new ArrayList<>(List.of("no mask explains the answer; with the one that comes nearest:"));
        told.addAll(fewest);
        return told;
    }

    /** The masks that these bits encode; at rates 0 and 1 only one mask is possible. */
    private List<Tensor> masks(int bits) {
        List<Tensor> masks = new ArrayList<>();
        int rest = bits;
        for (Drawn each : drawn) {
            boolean[] kept = new boolean[each.shape().size()];
            for (int i = 0; i < kept.length; i++) {
                boolean free = each.rate() > 0 && each.rate() < 1;
                kept[i] = free ? (rest & 1) != 0 : each.rate() == 0;
                rest >>= free ? 1 : 0;
            }
            masks.add(Tensor.ofBooleans(each.shape(), kept));
        }
        return masks;
    }

    private List<String> failuresUnder(OperationResult result, List<Tensor> masks) {
        return OperationAnswer.failures(
                operation.answer(DrawnFields.of(drawn, masks).in(call), choices), result);
    }
}
