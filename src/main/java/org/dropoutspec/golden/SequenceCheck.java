package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;

/** Makes the calls of one vector one after the other, and holds each answer to its own, and all to each other. */
final class SequenceCheck {
    private final Interview interview;
    private final Description description;
    private final List<Call> calls;
    private final Expectation expectation;

    SequenceCheck(Interview interview, Description description, List<Call> calls, Expectation expectation) {
        this.interview = interview;
        this.description = description;
        this.calls = calls;
        this.expectation = expectation;
    }

    Attempt attempt() {
        List<String> failures = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Interview.Reply reply = interview.askInFull(rung(i), calls.get(i));
            if (reply instanceof Interview.Reply.Unable unable) {
                return unable.attempt();
            } else if (reply instanceof Interview.Reply.Refused refused) {
                failures.add("calls[" + i + "]: expected an answer, but it was rejected: " + refused.message());
                return checked(failures);
            }
            results.add(((Interview.Reply.Given) reply).result());
            for (String failure : check(i).failures(results.get(i))) {
                failures.add("calls[" + i + "]: " + failure);
            }
        }
        if (failures.isEmpty()) {
            Agreement agreement = new Agreement(i -> check(i).fates(results.get(i)), results);
            expectation.same().forEach(same -> failures.addAll(agreement.failures(same)));
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

    private Rung rung(int index) {
        Call call = calls.get(index);
        if (!call.training()) {
            return Rung.NO_MASK;
        }
        return call.mask().isPresent() ? Rung.MASK_INJECTED : Rung.drawing(description);
    }

    /** How the masks of the vector are known: where some are drawn and some injected, as the drawn ones are. */
    private Rung rung() {
        List<Rung> rungs = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            rungs.add(rung(i));
        }
        Optional<Rung> drawn = rungs.stream()
                .filter(rung -> rung != Rung.NO_MASK && rung != Rung.MASK_INJECTED)
                .findFirst();
        return drawn.orElse(rungs.contains(Rung.MASK_INJECTED) ? Rung.MASK_INJECTED : Rung.NO_MASK);
    }
}
