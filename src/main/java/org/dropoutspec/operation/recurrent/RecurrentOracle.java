package org.dropoutspec.operation.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.oracle.Sighting;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Compares an answer of recurrent dropout with exact arithmetic. The masks are those given, or else those reported, or
 * else those that explain the output best.
 */
final class RecurrentOracle {
    /** The largest number of elements of a mask that is recovered by trying each. */
    static final int FEW = 3;

    private final OperationCall call;
    private final OperationResult result;
    private final DType dtype;
    private final SequenceExtents extents;
    private final List<Sighting> seen = new ArrayList<>();

    private RecurrentOracle(OperationCall call, OperationResult result) {
        this.call = call;
        this.result = result;
        this.dtype = call.tensor("input").dtype();
        this.extents = SequenceExtents.of(call);
    }

    /** The requirements that an answer breaks, each of them once. */
    static List<Sighting> look(OperationCall call, OperationResult result, Description description) {
        Declaration declared = description.declaration(RecurrentDropout.NAME);
        RecurrentOracle oracle = new RecurrentOracle(call, result);
        boolean reports = declared.can(Capability.MASK_OUTPUT) && call.training();
        if (oracle.hasForm(reports)) {
            Unrolled cell = new Unrolled(
                    call, result.tensor("output"), declared.choices().scaling());
            if (cell.roundoff.holds(call.rate()) && cell.roundoff.holds(call.number("recurrent_rate"))) {
                oracle.values(cell, reports);
            }
        }
        return oracle.seen;
    }

    private boolean hasForm(boolean reports) {
        form(call.training() ? "RNN-1" : "RNN-7", "output", dtype, extents.output());
        if (reports) {
            form("RNN-8", "mask", DType.BOOL, extents.mask());
            form("RNN-8", "recurrent_mask", DType.BOOL, extents.recurrentMask());
        }
        if (call.has("grad_output")) {
            form("RNN-3", "grad_input", dtype, call.tensor("input").shape());
            form(
                    "RNN-4",
                    "grad_weight_input",
                    dtype,
                    call.tensor("weight_input").shape());
            form(
                    "RNN-5",
                    "grad_weight_recurrent",
                    dtype,
                    call.tensor("weight_recurrent").shape());
            form("RNN-6", "grad_bias", dtype, call.tensor("bias").shape());
        }
        return seen.isEmpty();
    }

    private void form(String requirement, String name, DType type, Shape shape) {
        Tensor got = result.tensor(name);
        if (got.dtype() != type || !got.shape().equals(shape)) {
            see(requirement, name + " expected as " + type + " " + shape + ", got " + got.dtype() + " " + got.shape());
        }
    }

    private void see(String requirement, String what) {
        if (seen.stream().noneMatch(sighting -> sighting.requirement().equals(requirement))) {
            seen.add(new Sighting(requirement, what));
        }
    }

    private void values(Unrolled cell, boolean reports) {
        boolean certain = true;
        if (call.training()) {
            Optional<Tensor> mask = call.optionalTensor("mask");
            Optional<Tensor> recurrent = call.optionalTensor("recurrent_mask");
            if (mask.isPresent() || reports) {
                copy(mask.orElseGet(() -> result.tensor("mask")), cell.in);
                copy(recurrent.orElseGet(() -> result.tensor("recurrent_mask")), cell.back);
            } else if (HeldMasks.areShown(cell)) {
                certain = HeldMasks.recover(cell);
            } else {
                return;
            }
            drop(call.rate(), cell.in);
            drop(call.number("recurrent_rate"), cell.back);
        }
        output(cell);
        if (certain && call.has("grad_output")) {
            gradients(new ThroughTime(cell, call.tensor("grad_output").values()));
        }
    }

    private static void copy(Tensor mask, boolean[] kept) {
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.bool(i) != 0;
        }
    }

    /** At rate 1 everything is dropped, whatever the mask. */
    private static void drop(double rate, boolean[] kept) {
        for (int i = 0; i < kept.length && rate == 1; i++) {
            kept[i] = false;
        }
    }

    private void output(Unrolled cell) {
        for (int example = 0; example < extents.examples(); example++) {
            for (int at = 0; at < extents.steps() * extents.states(); at++) {
                int step = at / extents.states();
                int state = at % extents.states();
                if (cell.misfit(step, example, state) > 1) {
                    int index = cell.index(step, example, state);
                    String words = "step " + (step + 1) + ", "
                            + cell.roundoff.words(result.tensor("output"), index, cell.middle(), cell.tolerance());
                    if (call.training()) {
                        trained(cell, example, words);
                    } else {
                        see("RNN-7", words);
                    }
                    break;
                }
            }
            if (seen.stream().anyMatch(sighting -> sighting.requirement().equals("RNN-1"))) {
                return; // after this, an example that other masks seem to explain may be no more than chance
            }
        }
    }

    private void trained(Unrolled cell, int example, String words) {
        boolean all = call.rate() == 1 || call.number("recurrent_rate") == 1;
        switch (all ? Explanation.UNKNOWN : Explanation.of(cell, example)) {
            case HELD -> {
                if (call.has("mask")) {
                    see("MASK-6", words + ", as under other masks than those given");
                } else if (result.has("mask")) {
                    see("MASK-4", words + ", as under other masks than those reported");
                }
            }
            case ANOTHER_AT_EACH_STEP -> see("RNN-2", words + ", as under another mask than in the steps before");
            case NONE -> {
                seen.clear();
                seen.add(Sighting.whateverTheMask("RNN-1", words));
            }
            case UNKNOWN -> see("RNN-1", words);
        }
    }

    private void gradients(ThroughTime exact) {
        boolean training = call.training();
        hold(training ? "RNN-6" : "RNN-7", "grad_bias", exact.bias);
        hold(training ? "RNN-3" : "RNN-7", "grad_input", exact.input);
        hold(training ? "RNN-4" : "RNN-7", "grad_weight_input", exact.weightInput);
        hold(training ? "RNN-5" : "RNN-7", "grad_weight_recurrent", exact.weightRecurrent);
    }

    private void hold(String requirement, String name, ThroughTime.Sums exact) {
        Tensor got = result.tensor(name);
        for (int i = 0; i < got.size(); i++) {
            if (!exact.roundoff().isNear(got.value(i), exact.value(i), exact.tolerance(i))) {
                see(requirement, name + " " + exact.roundoff().words(got, i, exact.value(i), exact.tolerance(i)));
                return;
            }
        }
    }
}
