package org.dropoutspec.sampling;

import java.util.Optional;
import java.util.function.Function;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Predecessor;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.condition.ValueKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Shape;

/** Puts calls to the implementation, and notes what could be asked and how long it took. */
final class Sampler {
    /** Up to so many elements, the values cost no more than the call itself. */
    private static final int FEW = 1 << 12;

    private final Implementation implementation;
    private final Description description;
    private final CallDraw draw;
    private final Expressed expressed = new Expressed();
    private long calls;
    private long elements;
    private long nanos;
    private long elementsInBits;
    /** Whether masks are asked in bits, since bits were seen to agree with answers in full. */
    private boolean inBits;

    Sampler(Implementation implementation, long seed) {
        this(implementation, seed, Part.WHOLE);
    }

    /** @param part whose seeds it sets: no other process sets them, so that no mask is counted twice */
    Sampler(Implementation implementation, long seed, Part part) {
        this.implementation = implementation;
        this.description = implementation.description();
        this.draw = new CallDraw(description, seed, part);
    }

    /** A sampler whose calls do not depend on those made before; its calls, elements and time count here too. */
    Sampler part(long seed) {
        Sampler alone = new Sampler(
                new Implementation() {
                    @Override
                    public Description description() {
                        return description;
                    }

                    @Override
                    public Result dropout(Call call) {
                        return Sampler.this.answer(call);
                    }

                    @Override
                    public Shape layout(Call call) {
                        return implementation.layout(call);
                    }

                    @Override
                    public Bits kept(Call call) {
                        return answerInBits(call);
                    }
                },
                seed);
        alone.inBits = inBits;
        return alone;
    }

    /** The source of its calls. */
    CallDraw draw() {
        return draw;
    }

    /** The shape in which the mask of a call is drawn. */
    Shape layout(Call call) {
        return implementation.layout(call);
    }

    /** Which strata could be asked. */
    Expressed expressed() {
        return expressed;
    }

    /**
     * The answer; empty where the implementation cannot express the call.
     *
     * @throws RejectedCall when it rejects the call
     */
    Optional<Result> put(Call call) {
        try {
            Result result = answer(call);
            expressed.answered(call);
            return Optional.of(result);
        } catch (UnsupportedCall cannot) {
            expressed.unsupported(call, String.valueOf(cannot.getMessage()));
            return Optional.empty();
        } catch (RejectedCall rejection) {
            expressed.rejected(call, rejection.getMessage());
            throw rejection;
        }
    }

    /**
     * The mask, answered by one bit an element; empty where the implementation cannot express the call.
     *
     * @throws RejectedCall when it rejects the call
     */
    Optional<PackedMask> putInBits(Call call) {
        try {
            return Optional.of(PackedMask.ofKept(answerInBits(call)));
        } catch (UnsupportedCall cannot) {
            expressed.unsupportedInBits(String.valueOf(cannot.getMessage()));
            return Optional.empty();
        } catch (RejectedCall rejection) {
            expressed.rejected(call, rejection.getMessage());
            throw rejection;
        }
    }

    /** Sets whether masks are asked in bits from now on, where that saves something. */
    void trustBits(boolean told) {
        inBits = told && description.can(Capability.KEPT_BITS) && !description.can(Capability.FEW_SHAPES);
    }

    /** Whether a call that draws a mask is better asked in bits. */
    boolean prefersBits(Asking asking) {
        return inBits && asking.call().input().size() > FEW && BothWays.canAsk(asking, description);
    }

    /** Whether a row has to be asked in full while others with masks as large as its own are asked in bits. */
    boolean isCostly(Condition row) {
        boolean full = row.gradient() || row.values() == ValueKind.WITH_ZEROS;
        return inBits && full && row.noiseShape().isEmpty() && row.shape().size() > FEW;
    }

    /** The same of a call before a row, for a row that does not want its gradient. */
    boolean isCostly(Predecessor before) {
        Signature signature = before.signature();
        return inBits && signature.gradient() && signature.shape().size() > FEW;
    }

    private Result answer(Call call) {
        return timed(call, implementation::dropout);
    }

    private Bits answerInBits(Call call) {
        elementsInBits += call.input().size();
        return timed(call, implementation::kept);
    }

    private <T> T timed(Call call, Function<Call, T> put) {
        long start = System.nanoTime();
        calls++;
        elements += call.input().size();
        try {
            return put.apply(call);
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    /** The mask that a plain call draws; empty if there is no answer, or one of another type or shape. */
    Optional<PackedMask> mask(Call call) {
        if (inBits) {
            try {
                return putInBits(call);
            } catch (RejectedCall rejection) {
                return Optional.empty();
            }
        }
        return tryPut(call)
                .map(Result::output)
                .filter(output ->
                        output.dtype() == call.input().dtype() && output.shape().equals(call.shape()))
                .map(PackedMask::ofOutput);
    }

    /** The answer; empty where the implementation cannot express the call, or rejects it. */
    Optional<Result> tryPut(Call call) {
        try {
            return put(call);
        } catch (RejectedCall rejection) {
            return Optional.empty();
        }
    }

    /** How many calls were made. */
    long calls() {
        return calls;
    }

    /** How many elements were asked for. */
    long elements() {
        return elements;
    }

    /** How many of these were answered by a bit each. */
    long elementsInBits() {
        return elementsInBits;
    }

    double seconds() {
        return nanos / 1e9;
    }
}
