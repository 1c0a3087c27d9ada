package org.dropoutspec.golden.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dropoutspec.golden.format.Answer;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Compares the result of one call with what a vector expects of it. */
final class AnswerCheck {
    private final Choices choices;
    private final MaskSource rung;
    private final Call call;
    private final Answer answer;
    private final Optional<Tensor> mask;

    /** @param mask the mask that the vector's words are for; empty if they are for none */
    AnswerCheck(Choices choices, MaskSource rung, Call call, Answer answer, Optional<Tensor> mask) {
        this.choices = choices;
        this.rung = rung;
        this.call = call;
        this.answer = answer;
        this.mask = mask;
    }

    /** The failures of a result. */
    List<String> failures(Result result) {
        List<String> failures = new ArrayList<>();
        requireLike("output", result.output(), failures);
        result.gradInput().ifPresent(gradient -> requireLike("grad_input", gradient, failures));
        if (call.training()) {
            result.mask().ifPresent(reported -> requireMask(reported, failures));
        }
        if (!failures.isEmpty()) {
            return failures;
        }
        if (rung == MaskSource.NO_MASK) {
            compare("output", answer.output(), Optional.of(result.output()), failures);
            compare("grad_input", answer.gradInput(), result.gradInput(), failures);
        } else if (mask.isPresent()) {
            failures.addAll(masked(result).failures(known(result)));
        }
        return failures;
    }

    /** The fate of each cell of the mask, for a result without failures. */
    List<Fate> fates(Result result) {
        Optional<Tensor> known = known(result).or(result::mask);
        return IntStream.range(0, call.maskShape().size())
                .mapToObj(cell -> known.map(tensor -> Fate.of(tensor.bits(cell) == 1))
                        .orElseGet(() -> masked(result).fate(cell)))
                .toList();
    }

    private MaskedCheck masked(Result result) {
        return new MaskedCheck(call, answer, mask.orElseThrow(), rung, choices, result);
    }

    /** The mask of the call; empty if it must be recovered from the output. */
    private Optional<Tensor> known(Result result) {
        return switch (rung) {
            case MASK_REPORTED -> result.mask();
            case OPAQUE -> Optional.empty();
            default -> mask;
        };
    }

    private static void compare(
            String field, Optional<Expected> expected, Optional<Tensor> got, List<String> failures) {
        if (expected.isEmpty()) {
            return;
        }
        Tensor words = expected.get().tensor();
        for (int i = 0; i < words.size(); i++) {
            ExpectedRelation relation = expected.get().relations().get(i);
            long word = got.orElseThrow().bits(i);
            if (!relation.holds(words.dtype(), words.bits(i), word)) {
                failures.add(Mismatch.text(field, i, WordType.of(words.dtype()), words.bits(i), relation, word));
            }
        }
    }

    private void requireLike(String field, Tensor got, List<String> failures) {
        if (got.dtype() != call.input().dtype() || !got.shape().equals(call.shape())) {
            failures.add(field + ": expected " + call.input().dtype() + " " + call.shape() + " as the input, got "
                    + got.dtype() + " " + got.shape());
        }
    }

    private void requireMask(Tensor reported, List<String> failures) {
        if (reported.dtype() != DType.BOOL || !reported.shape().equals(call.maskShape())) {
            failures.add(
                    "mask: expected bool " + call.maskShape() + ", got " + reported.dtype() + " " + reported.shape());
        } else if (mask.isPresent() && (rung == MaskSource.MASK_INJECTED || rung == MaskSource.PHILOX)) {
            Tensor expected = mask.get();
            for (int i = 0; i < expected.size(); i++) {
                if (expected.bits(i) != reported.bits(i)) {
                    failures.add(Mismatch.text(
                            "mask", i, WordType.BOOL, expected.bits(i), ExpectedRelation.BITS, reported.bits(i)));
                }
            }
        }
    }
}
