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

/** The few signatures that an implementation with {@code few_shapes} is asked; any other may be asked all. */
final class FewShapes {
    private static final int LARGEST_OF_PLAIN = 1 << 12;

    private final Optional<Repertoire> repertoire;
    private final OperationUnderTest operation;
    private final Set<Signature> asked = new HashSet<>();
    /** The forms of the operation's calls behind these signatures; empty until such a call is asked by itself. */
    private final Set<OperationForm> forms = new HashSet<>();

    FewShapes(Optional<Repertoire> repertoire, OperationUnderTest operation) {
        this.repertoire = repertoire;
        this.operation = operation;
    }

    /** A parameter of a check, its calls brought into shapes that may be asked. */
    Object fitted(Object parameter) {
        if (repertoire.isPresent() && parameter instanceof List<?> list) {
            return list.stream().map(this::fitted).toList();
        }
        return parameter instanceof Call call ? fitted(call) : parameter;
    }

    /** The plainest calls that may be asked, of 1 to 4,096 elements; empty where any may be asked. */
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

    /** @throws NotAsked when the call has another signature, or more fields, which make another signature of it */
    void admit(Call call, OperationCall behind) {
        if (repertoire.isPresent() && (!repertoire.get().contains(call) || BetweenCalls.isMore(behind))) {
            throw new NotAsked(Repertoire.NOT_ASKED);
        }
    }

    /** @throws NotAsked when the call has fields that concern other calls too, or a form that is behind no signature */
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

    /** @throws NotAsked where few signatures may be asked: the form of an answer would be part of one */
    void admitAnswerInBits() {
        if (repertoire.isPresent()) {
            throw new NotAsked(Repertoire.NOT_ASKED);
        }
    }

    Conditions within(Conditions all, Description description, long seed) {
        return repertoire.map(few -> all.within(few, description, seed)).orElse(all);
    }

    /** How many signatures were asked, for the evidence; empty where any may be asked. */
    Optional<String> summary() {
        return repertoire.map(few -> "few_shapes: asked " + asked.size()
                + " combinations of type, shape, mode and carried fields, and no other (at most " + Repertoire.MOST
                + ")");
    }
}
