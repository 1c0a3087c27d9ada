package org.dropoutspec.golden.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dropoutspec.golden.exact.ExactDropout;
import org.dropoutspec.golden.format.Answer;
import org.dropoutspec.golden.format.Field;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.Rendering;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * Compares the result of a training call with a vector, under a known mask or under one that explains the result.
 *
 * <p>For each cell of the mask, kept or dropped must explain every output and every gradient that shares the cell. If
 * the cell is as in the vector, the vector's own words count. If the implementation drew otherwise, the right words are
 * derived on the spot. A mask is never inferred from zeros: 0 at an input of 0 is explained either way.
 */
final class MaskedCheck {
    private final Call call;
    private final Answer answer;
    private final Tensor vectorMask;
    private final MaskSource rung;
    private final ExactDropout exact;
    private final Result result;
    private final List<List<Integer>> elementsOf;

    /**
     * @param call the call of the vector
     * @param vectorMask the mask that the answer's words are for
     */
    MaskedCheck(Call call, Answer answer, Tensor vectorMask, MaskSource rung, Choices choices, Result result) {
        this.call = call;
        this.answer = answer;
        this.vectorMask = vectorMask;
        this.rung = rung;
        this.exact = new ExactDropout(call.input().dtype(), call.rate(), choices);
        this.result = result;
        this.elementsOf = elementsOf(vectorMask.shape(), call.shape());
    }

    /** For each cell of a mask, the elements to which it is broadcast. */
    private static List<List<Integer>> elementsOf(Shape mask, Shape shape) {
        List<List<Integer>> elements = new ArrayList<>();
        for (int cell = 0; cell < mask.size(); cell++) {
            elements.add(new ArrayList<>());
        }
        int[] cellOf = mask.indicesBroadcastTo(shape);
        for (int i = 0; i < cellOf.length; i++) {
            elements.get(cellOf[i]).add(i);
        }
        return elements;
    }

    /** The failures; {@code known} is the mask if it was injected, reported or certainly drawn. */
    List<String> failures(Optional<Tensor> known) {
        List<String> failures = new ArrayList<>();
        for (int cell = 0; cell < vectorMask.size(); cell++) {
            failures.addAll(known.isPresent() ? under(known.get().bits(cell) == 1, cell) : explained(cell));
        }
        return failures;
    }

    /** The fate of a cell, as far as output and gradient show it. */
    Fate fate(int cell) {
        boolean kept = under(true, cell).isEmpty();
        boolean dropped = under(false, cell).isEmpty();
        return kept == dropped ? Fate.UNKNOWN : Fate.of(kept);
    }

    private List<String> explained(int cell) {
        List<String> kept = under(true, cell);
        List<String> dropped = under(false, cell);
        if (kept.isEmpty() || dropped.isEmpty()) {
            return List.of();
        }
        boolean looksKept = call.rate() < 1 && (call.rate() == 0 || showsOutput(cell));
        return looksKept ? kept : dropped;
    }

    private boolean showsOutput(int cell) {
        return elementsOf.get(cell).stream()
                .anyMatch(i -> !isZero(result.output().bits(i)));
    }

    private List<String> under(boolean kept, int cell) {
        boolean drawn = rung != MaskSource.MASK_INJECTED;
        if (drawn && (kept ? call.rate() == 1 : call.rate() == 0)) {
            return List.of("mask[" + cell + "]: " + (kept ? "kept" : "dropped") + " at rate " + (long) call.rate());
        }
        List<String> failures = new ArrayList<>();
        boolean asInVector = vectorMask.bits(cell) == (kept ? 1 : 0);
        for (int i : elementsOf.get(cell)) {
            if (asInVector && answer.output().isEmpty()) {
                compareWithMaskAlone(i, kept, failures);
            } else {
                compare(Field.OUTPUT, i, kept, asInVector, call.presented(), failures);
                if (call.gradOutput().isPresent()) {
                    compare(
                            Field.GRAD_INPUT,
                            i,
                            kept,
                            asInVector,
                            call.gradOutput().get(),
                            failures);
                }
            }
        }
        return failures;
    }

    /** Checks only that the output shows the mask, since the vector asks nothing else of it. */
    private void compareWithMaskAlone(int i, boolean kept, List<String> failures) {
        if (isZero(result.output().bits(i)) == kept) {
            failures.add("output[" + i + "]: expected " + (kept ? "no 0, since it is kept" : "0, since it is dropped")
                    + ", got "
                    + Rendering.of(
                            WordType.of(call.input().dtype()), result.output().bits(i)));
        }
    }

    private boolean isZero(long word) {
        return ExpectedRelation.ZERO.holds(call.input().dtype(), 0, word);
    }

    private void compare(Field field, int i, boolean kept, boolean asInVector, Tensor x, List<String> failures) {
        DType dtype = x.dtype();
        long got = field.of(result).orElseThrow().bits(i);
        ExactDropout.Element element = asInVector ? written(field, i) : exact.training(x.bits(i), kept);
        if (!element.relation().holds(dtype, element.word(), got)) {
            failures.add(Mismatch.text(field.toString(), i, WordType.of(dtype), element.word(), element.relation(), got)
                    + (kept ? ", kept" : ", dropped"));
        }
    }

    private ExactDropout.Element written(Field field, int i) {
        Expected expected = answer.field(field).orElseThrow();
        return new ExactDropout.Element(
                expected.tensor().bits(i), expected.relations().get(i));
    }
}
