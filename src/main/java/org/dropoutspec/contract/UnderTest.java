package org.dropoutspec.contract;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Enclosing;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.NoSuchCall;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Thrown;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Tiled;

/**
 * The implementation under test. Every call is counted, every answer is complete, and any exception that must not be
 * thrown is a fault of the implementation.
 */
final class UnderTest implements Enclosing {
    private final Implementation implementation;
    private final Description description;
    private final OperationUnderTest operation;
    private final FewShapes shapes;
    private final Set<String> faults = new LinkedHashSet<>();
    private AnsweredCalls tally;
    private long elements;

    UnderTest(Implementation implementation, Description description, OperationUnderTest operation, FewShapes shapes) {
        this.implementation = implementation;
        this.description = description;
        this.operation = operation;
        this.shapes = shapes;
        this.tally = new AnsweredCalls(description);
    }

    @Override
    public Description description() {
        return description;
    }

    /** How many mask elements the implementation was asked for and answered. */
    long elements() {
        return elements;
    }

    /** What was asked and answered since {@link #countAnew}. */
    Inquiry inquiry() {
        return tally.inquiry();
    }

    /** How many calls it could not express since {@link #countAnew}, by the name of their type. */
    Map<String, Long> discarded() {
        return tally.discarded();
    }

    void countAnew() {
        tally = new AnsweredCalls(description);
    }

    /** How the implementation broke, each way once. */
    Set<String> faults() {
        return faults;
    }

    @Override
    public Result dropout(Call call) {
        shapes.admit(call);
        return counted(call, () -> complete(call, implementation.dropout(call)));
    }

    @Override
    public Bits kept(Call call) {
        shapes.admitAnswerInBits();
        return counted(call, () -> complete(call, implementation.kept(call)));
    }

    /** Counts what became of the call. An Error is a fault too: a session goes on after a stack overflow. */
    private <A> A counted(Call call, Supplier<A> answer) {
        try {
            A answered = answer.get();
            elements += call.input().size();
            tally.answered(call);
            return answered;
        } catch (RejectedCall rejection) {
            tally.rejected(call);
            throw rejection;
        } catch (NoSuchCall none) {
            throw none;
        } catch (UnsupportedCall cannot) {
            tally.discarded(call);
            throw cannot;
        } catch (Throwable broken) {
            tally.broken(call);
            throw fault(broken, operation.words(call));
        }
    }

    /** Answers the operation's call that stands behind a call, perhaps with more fields. */
    OperationResult answer(Call call, OperationCall asked) {
        shapes.admit(call, asked);
        try {
            OperationResult result = answer(asked);
            if (call.input().dtype().isFloating()) { // integers are not among the declared types
                tally.answered(call);
            }
            return result;
        } catch (UnsupportedCall cannot) {
            tally.discarded(call);
            throw cannot;
        }
    }

    /** Counts a call that was answered in slices, since no array holds its input. */
    void answeredInSlices(Tiled input, double rate) {
        tally.answered(input, rate);
    }

    /** Answers a call of the operation under test, or what is asked between calls. */
    @Override
    public OperationResult answer(OperationCall call) {
        shapes.admit(call);
        try {
            OperationResult result = complete(call, implementation.answer(call));
            elements += call.elements();
            return result;
        } catch (RejectedCall | UnsupportedCall told) {
            throw told;
        } catch (Throwable broken) {
            throw fault(broken, call.toString());
        }
    }

    private ImplementationFault fault(Throwable broken, String call) {
        ImplementationFault fault = broken instanceof ImplementationFault told
                ? told
                : new ImplementationFault(Thrown.words(broken) + " for the call (" + call + ")", broken);
        faults.add(fault.getMessage());
        return fault;
    }

    @Override
    public Implementation enclosed() {
        return implementation;
    }

    @Override
    public boolean restart() {
        try {
            return implementation.restart();
        } catch (ImplementationFault told) {
            throw told;
        } catch (Throwable broken) {
            throw new ImplementationFault(Thrown.words(broken) + " when it was started anew", broken);
        }
    }

    private static OperationResult complete(OperationCall call, OperationResult result) {
        return call.result().stream()
                .filter(field -> field.required() && (result == null || !result.has(field.name())))
                .findFirst()
                .map(field -> new ImplementationFault(
                        "the implementation gave no " + field.name() + " for the call (" + call + ")"))
                .<OperationResult>map(fault -> {
                    throw fault;
                })
                .orElse(result);
    }

    /** Requires a Java implementation's result to be complete; an adapter's reply was held to the protocol before. */
    private Result complete(Call call, Result result) {
        String missing = null;
        if (result == null || result.output() == null) {
            missing = "output";
        } else if (call.gradOutput().isPresent() && result.gradInput().isEmpty()) {
            missing = "gradient, though it declares backward,";
        } else if (call.training()
                && description.can(Capability.MASK_OUTPUT)
                && result.mask().isEmpty()) {
            missing = "mask, though it declares mask_output,";
        }
        if (missing != null) {
            throw new ImplementationFault(
                    "the implementation gave no " + missing + " for the call (" + operation.words(call) + ")");
        }
        return result;
    }

    private Bits complete(Call call, Bits bits) {
        if (bits == null || bits.size() != call.input().size()) {
            throw new ImplementationFault("the implementation gave " + (bits == null ? "no" : bits.size())
                    + " bits, though it declares kept_bits, for the call (" + operation.words(call) + ")");
        }
        return bits;
    }
}
