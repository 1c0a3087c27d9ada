package org.dropoutspec.golden.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dropoutspec.golden.format.Answer;
import org.dropoutspec.golden.format.Expectation;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;

/** Makes the calls of one vector one after the other; checks each answer by itself, and all against each other. */
final class SequenceCheck {
    private final AskedCalls asking;
    private final Description description;
    private final List<Call> calls;
    private final Expectation expectation;

    SequenceCheck(AskedCalls asking, Description description, List<Call> calls, Expectation expectation) {
        this.asking = asking;
        this.description = description;
        this.calls = calls;
        this.expectation = expectation;
    }

    Attempt attempt() {
        List<String> failures = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            AskedCalls.Reply reply = asking.askInFull(rung(i), calls.get(i));
            if (reply instanceof AskedCalls.Reply.Unable unable) {
                return unable.attempt();
            } else if (reply instanceof AskedCalls.Reply.Refused refused) {
                failures.add("calls[" + i + "]: expected an answer, but it was rejected: " + refused.message());
                return checked(failures);
            }
            results.add(((AskedCalls.Reply.Given) reply).result());
            for (String failure : check(i).failures(results.get(i))) {
                failures.add("calls[" + i + "]: " + failure);
            }
        }
        if (failures.isEmpty()) {
            AgreeingAnswers agreement = new AgreeingAnswers(i -> check(i).fates(results.get(i)), results);
            expectation.same().forEach(same -> failures.addAll(agreement.failures(same)));
            expectation.different().forEach(masks -> failures.addAll(agreement.failures(masks)));
        }
        return checked(failures);
    }

    private Attempt checked(List<String> failures) {
        String asked = calls.stream().map(Call::toString).collect(Collectors.joining("; then "));
        return new Attempt.Checked(rung(), failures, asked);
    }

    private AnswerCheck check(int index) {
        Call call = calls.get(index);
        Answer answer = expectation.answers().get(index);
        return new AnswerCheck(
                description.choices(),
                rung(index),
                call,
                answer,
                call.mask().or(() -> answer.mask().map(Expected::tensor)));
    }

    private MaskSource rung(int index) {
        Call call = calls.get(index);
        if (!call.training()) {
            return MaskSource.NO_MASK;
        }
        return call.mask().isPresent() ? MaskSource.MASK_INJECTED : MaskSource.drawing(description);
    }

    /** How the masks of the vector are known; if some are drawn and some injected, then as the drawn ones are. */
    private MaskSource rung() {
        List<MaskSource> rungs = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            rungs.add(rung(i));
        }
        Optional<MaskSource> drawn = rungs.stream()
                .filter(rung -> rung != MaskSource.NO_MASK && rung != MaskSource.MASK_INJECTED)
                .findFirst();
        return drawn.orElse(rungs.contains(MaskSource.MASK_INJECTED) ? MaskSource.MASK_INJECTED : MaskSource.NO_MASK);
    }
}
