package org.dropoutspec.golden.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.dropoutspec.golden.format.Answer;
import org.dropoutspec.golden.format.Expectation;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.Need;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.tensor.Tensor;

/** Asks an implementation for a vector of dropout, in every way that its capabilities allow. */
public final class DropoutCheck {
    /** The seeds that are used here have 16 bits, which every implementation with seeds accepts. */
    private static final int OWN_SEEDS = 0xFFFF;

    private final AskedCalls asking;
    private final Description description;
    private final VectorScope scope;

    public DropoutCheck(Implementation implementation) {
        this.asking = new AskedCalls(implementation);
        this.description = implementation.description();
        this.scope = new VectorScope(description);
    }

    public List<Attempt> check(GoldenVector.OfDropout vector) {
        Optional<String> reason = scope.reasonAgainst(vector);
        if (reason.isPresent()) {
            return List.of(new Attempt.Skipped(reason.get()));
        }
        Expectation expectation = scope.expectation(vector).orElseThrow();
        if (vector.isSingle()) {
            return expectation.rejected() ? List.of(rejection(vector.call())) : answers(vector, expectation);
        }
        return List.of(new SequenceCheck(asking, description, vector.calls(), expectation).attempt());
    }

    private Attempt rejection(Call asked) {
        Call call = withoutMask(asked).withoutSeed();
        AskedCalls.Reply reply = asking.ask(MaskSource.NO_MASK, call);
        if (reply instanceof AskedCalls.Reply.Unable unable) {
            return unable.attempt();
        }
        List<String> failures = reply instanceof AskedCalls.Reply.Given given
                ? List.of("expected a rejection, got output " + given.result().output())
                : List.of();
        return new Attempt.Checked(MaskSource.NO_MASK, failures, call.toString());
    }

    private List<Attempt> answers(GoldenVector.OfDropout vector, Expectation expectation) {
        Call call = vector.call();
        Answer answer = expectation.answers().get(0);
        if (!call.training()) {
            return List.of(answer(MaskSource.NO_MASK, call.withoutSeed(), answer, Optional.empty()));
        }
        Optional<Tensor> mask = call.mask().or(() -> answer.mask().map(Expected::tensor));
        List<Attempt> attempts = new ArrayList<>();
        if (call.mask().isPresent() && description.can(Capability.MASK_INPUT)) {
            attempts.add(answer(MaskSource.MASK_INJECTED, call, answer, mask));
        }
        if (call.seed().isPresent() && MaskSource.drawing(description) == MaskSource.PHILOX) {
            attempts.add(answer(MaskSource.PHILOX, call, answer, mask));
        } else if (!Need.of(vector).contains(Need.MASK_INPUT)) {
            Call own = withoutMask(call);
            Call seeded = description.can(Capability.SEED) ? own.withSeed(seedOf(vector)) : own.withoutSeed();
            attempts.add(answer(MaskSource.drawingItsOwn(description), seeded, answer, mask));
        }
        return attempts;
    }

    private Attempt answer(MaskSource rung, Call call, Answer answer, Optional<Tensor> mask) {
        AskedCalls.Reply reply = asking.askInFull(rung, call);
        if (reply instanceof AskedCalls.Reply.Unable unable) {
            return unable.attempt();
        }
        List<String> failures = reply instanceof AskedCalls.Reply.Refused refused
                ? List.of("expected an answer, but the call was rejected: " + refused.message())
                : new AnswerCheck(description.choices(), rung, call, answer, mask)
                        .failures(((AskedCalls.Reply.Given) reply).result());
        return new Attempt.Checked(rung, failures, call.toString());
    }

    private static Call withoutMask(Call call) {
        Call bare =
                call.training() ? Call.training(call.rate(), call.input()) : Call.evaluation(call.rate(), call.input());
        bare = call.gradOutput().map(bare::withGradOutput).orElse(bare);
        bare = call.noiseShape().map(bare::withNoiseShape).orElse(bare);
        bare = call.permutation().map(bare::withPermutation).orElse(bare);
        return call.seed().isPresent() ? bare.withSeed(call.seed().getAsLong()) : bare;
    }

    /** A seed that belongs to this vector, so that its draw can be repeated. */
    private static long seedOf(GoldenVector vector) {
        CRC32 crc = new CRC32();
        crc.update(vector.label().id().getBytes(StandardCharsets.UTF_8));
        return crc.getValue() & OWN_SEEDS;
    }
}
