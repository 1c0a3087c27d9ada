package org.dropoutspec.golden.verify;

import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.NotAsked;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Thrown;
import org.dropoutspec.implementation.UnsupportedCall;

/** Asks an implementation, and separates results, rejections and everything else. */
final class AskedCalls {
    private final Implementation implementation;
    private final Description description;

    AskedCalls(Implementation implementation) {
        this.implementation = implementation;
        this.description = implementation.description();
    }

    /** The outcome of a call. */
    sealed interface Reply {
        record Given(Result result) implements Reply {}

        record Refused(String message) implements Reply {}

        /** Neither a result nor a rejection, so that the attempt ends here. */
        record Unable(Attempt attempt) implements Reply {}
    }

    Reply ask(MaskSource rung, Call call) {
        try {
            return new Reply.Given(implementation.dropout(call));
        } catch (RejectedCall rejection) {
            return new Reply.Refused(rejection.getMessage());
        } catch (NotAsked outside) {
            return new Reply.Unable(new Attempt.Skipped(outside.getMessage()));
        } catch (UnsupportedCall unsupported) {
            return new Reply.Unable(new Attempt.Skipped("unsupported: " + unsupported.getMessage()));
        } catch (ImplementationFault fault) {
            return new Reply.Unable(new Attempt.Broken(rung.title() + ": " + fault.getMessage()));
        } catch (RuntimeException broken) {
            return new Reply.Unable(new Attempt.Broken(rung.title() + ": " + Thrown.words(broken)));
        }
    }

    /** Asks for a full answer: a result that lacks something declared is a fault. */
    Reply askInFull(MaskSource rung, Call call) {
        Reply reply = ask(rung, call);
        return reply instanceof Reply.Given given
                ? missing(call, given.result())
                        .<Reply>map(fault -> new Reply.Unable(new Attempt.Broken(fault + call)))
                        .orElse(reply)
                : reply;
    }

    private Optional<String> missing(Call call, Result result) {
        if (call.gradOutput().isPresent() && result.gradInput().isEmpty()) {
            return Optional.of("backward is declared, but the answer has no grad_input: ");
        }
        boolean maskAsked = call.training() && description.can(Capability.MASK_OUTPUT);
        return maskAsked && result.mask().isEmpty()
                ? Optional.of("mask_output is declared, but the answer has no mask: ")
                : Optional.empty();
    }
}
