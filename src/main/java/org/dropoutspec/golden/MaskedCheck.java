package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/**
 * Holds the result of a training call to a vector, under the mask that is known or under one that explains it.
 *
 * <p>Cell by cell of the mask: kept or dropped must explain every output and every gradient that shares the cell. Where
 * the cell is as in the vector, the vector's own words count; where an implementation drew otherwise, what it should have
 * given is derived on the spot. A mask is never told from zeros: 0 at an input of 0 is explained either way.
 */
final class MaskedCheck {
    private final Call call;
    private final Expectation expectation;
    private final Tensor vectorMask;
    private final ExactDropout exact;
    private final Result result;

    /**
     * @param call the vector's
     * @param vectorMask the mask that the expectation is for
     */
    MaskedCheck(Call call, Expectation expectation, Tensor vectorMask, Choices choices, Result result) {
        this.call = call;
        this.expectation = expectation;
        this.vectorMask = vectorMask;
        this.exact = new ExactDropout(call.input().dtype(), call.rate(), choices);
        this.result = result;
    }

    /** What is wrong; {@code known} is the mask that was injected, reported or drawn for sure. */
    List<String> failures(Optional<Tensor> known) {
        int[] cellOf = vectorMask.shape().indicesBroadcastTo(call.shape());
        List<String> failures = new ArrayList<>();
        for (int cell = 0; cell < vectorMask.size(); cell++) {
            if (known.isPresent()) {
                failures.addAll(under(known.get().bits(cell) == 1, cell, cellOf));
            } else {
                failures.addAll(explained(cell, cellOf));
            }
        }
        return failures;
    }

    private List<String> explained(int cell, int[] cellOf) {
        List<String> kept = under(true, cell, cellOf);
        List<String> dropped = under(false, cell, cellOf);
        if (kept.isEmpty() || dropped.isEmpty()) {
            return List.of();
        }
        boolean looksKept = call.rate() < 1 && (call.rate() == 0 || showsOutput(cell, cellOf));
        return looksKept ? kept : dropped;
    }

    private boolean showsOutput(int cell, int[] cellOf) {
        for (int i = 0; i < cellOf.length; i++) {
            if (cellOf[i] == cell
                    && !Relation.ZERO.holds(
                            call.input().dtype(), 0, result.output().bits(i))) {
                return true;
            }
        }
        return false;
    }

    private List<String> under(boolean kept, int cell, int[] cellOf) {
        if (kept ? call.rate() == 1 : call.rate() == 0) {
            return List.of("mask[" + cell + "]: " + (kept ? "kept" : "dropped") + " at rate " + (long) call.rate());
        }
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < cellOf.length; i++) {
            if (cellOf[i] == cell) {
                boolean asInVector = vectorMask.bits(cell) == (kept ? 1 : 0);
                compare(
                        "output",
                        i,
                        kept,
                        asInVector,
                        call.presented(),
                        expectation.output(),
                        result.output(),
                        failures);
                if (call.gradOutput().isPresent()) {
                    Tensor got = result.gradInput().orElseThrow();
                    compare(
                            "grad_input",
                            i,
                            kept,
                            asInVector,
                            call.gradOutput().get(),
                            expectation.gradInput(),
                            got,
                            failures);
                }
            }
        }
        return failures;
    }

    private void compare(
            String field,
            int i,
            boolean kept,
            boolean asInVector,
            Tensor x,
            Optional<Expected> expected,
            Tensor got,
            List<String> failures) {
        DType dtype = x.dtype();
        ExactDropout.Element element = asInVector
                ? new ExactDropout.Element(
                        expected.orElseThrow().tensor().bits(i),
                        expected.orElseThrow().relations().get(i))
                : exact.training(x.bits(i), kept);
        if (!element.relation().holds(dtype, element.word(), got.bits(i))) {
            failures.add(Mismatch.text(field, i, WordType.of(dtype), element.word(), element.relation(), got.bits(i))
                    + (kept ? ", kept" : ", dropped"));
        }
    }
}
