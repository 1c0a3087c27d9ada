package org.dropoutspec.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.condition.Repertoire;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.NotAsked;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.UnsupportedCall;

/** The only signatures that an implementation with few shapes is asked; any may be asked of another implementation. */
final class FewShapes {
    private static final int LARGEST_OF_PLAIN = 1 << 12;

    private final Optional<Repertoire> repertoire;
    private final OperationUnderTest operation;
    private final Set<Signature> asked = new HashSet<>();
    /** What the calls of the operation look like that stand behind these; empty until one is asked by itself. */
    private final Set<OperationForm> forms = new HashSet<>();

    FewShapes(Optional<Repertoire> repertoire, OperationUnderTest operation) {
        this.repertoire = repertoire;
        this.operation = operation;
    }

    /** A parameter of a check: its calls in shapes that may be asked. */
    Object fitted(Object parameter) {
        if (repertoire.isPresent() && parameter instanceof List<?> list) {
            return list.stream().map(this::fitted).toList();
        }
        return parameter instanceof Call call ? fitted(call) : parameter;
    }

    /** The plainest calls that may be asked, where there are few, with some elements each. */
    Optional<Stream<Call>> plain() {
        return repertoire.map(few -> few.examples()
                .filter(call -> call.training()
                        && call.gradOutput().isEmpty()
                        && call.mask().isEmpty())
                .filter(call -> call.input().size() > 0 && call.input().size() <= LARGEST_OF_PLAIN));
    }

    Call fitted(Call call) {
        return repertoire.map(few -> few.fitted(call)).orElse(call);
    }

    /** Whether a call of this signature may be asked. */
    boolean allows(Call call) {
        return repertoire.map(few -> few.contains(call)).orElse(true);
    }

    /** @throws NotAsked when the call has another signature */
    void admit(Call call) {
        repertoire.ifPresent(few -> {
            if (!few.contains(call)) {
                throw new NotAsked(Repertoire.NOT_ASKED);
            }
            asked.add(Signature.of(call).orElseThrow());
        });
    }

    /** @throws NotAsked when the call has another signature, or fields beyond it, which make one of their own */
    void admit(Call call, OperationCall behind) {
        if (repertoire.isPresent() && (!repertoire.get().contains(call) || BetweenCalls.isMore(behind))) {
            throw new NotAsked(Repertoire.NOT_ASKED);
        }
    }

    /** @throws NotAsked when it asks more than a call of the operation, or one of another form than those that stand behind */
    void admit(OperationCall call) {
        if (repertoire.isEmpty() || BetweenCalls.needed(call).isPresent()) {
            return;
        }
        if (BetweenCalls.isMore(call) || !forms().contains(OperationForm.of(call))) {
            throw new NotAsked(Repertoire.NOT_ASKED);
        }
    }

    private Set<OperationForm> forms() {
        if (forms.isEmpty()) {
            repertoire.stream().flatMap(Repertoire::examples).forEach(call -> {
                try {
                    forms.add(OperationForm.of(operation.standingBehind(call)));
                } catch (UnsupportedCall none) {
                    // the operation has no such call, such as one of no elements
                }
            });
        }
        return forms;
    }

    /** @throws NotAsked where the form of an answer is part of a signature */
    void admitAnswerInBits() {
        if (repertoire.isPresent()) {
            throw new NotAsked(Repertoire.NOT_ASKED);
        }
    }

    Conditions within(Conditions all, Description description, long seed) {
        return repertoire.map(few -> all.within(few, description, seed)).orElse(all);
    }

    /** How many were asked, for the evidence. */
    Optional<String> summary() {
        return repertoire.map(few -> "few_shapes: asked " + asked.size()
                + " combinations of type, shape, mode and carried fields, and no other (at most " + Repertoire.MOST
                + ")");
    }
}
