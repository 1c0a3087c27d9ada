package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.Scaled;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** One answered training call, looked at element by element. */
final class Observation {
    static final String GRADIENT = "gradient";

    private final CheckRun run;
    private final Call call;
    private final Result result;
    private final Tensor input;
    private final boolean inverted;

    private Observation(CheckRun run, Call call, Result result) {
        this.run = run;
        this.call = call;
        this.result = result;
        this.input = call.presented();
        this.inverted = Applies.INVERTED.holdsFor(run.description());
        requireForm("output", result.output());
        result.gradInput().ifPresent(gradient -> requireForm(GRADIENT, gradient));
    }

    /** Puts the call and expects an answer in the type and shape of its input. */
    static Observation of(Call call) {
        CheckRun run = CheckRun.current();
        return new Observation(run, call, run.answer(call)).requireBothKinds();
    }

    /** Puts the call to one of several instances. */
    static Observation ofInstance(Call call, int instance) {
        CheckRun run = CheckRun.current();
        OperationCall asked = run.session().operation().standingBehind(call);
        asked = instance == 0 ? asked : asked.with("instance", (long) instance);
        return of(call, run.session().operation().shown(call, asked, run.answer(call, asked)))
                .requireBothKinds();
    }

    /** The masks of a stream: the first call seeded, the others not. */
    static List<Tensor> shownMasks(List<Call> stream) {
        List<Tensor> masks = new ArrayList<>();
        for (Call call : stream) {
            masks.add(of(masks.isEmpty() ? call : call.withoutSeed()).shownMask());
        }
        return masks;
    }

    /** Takes an answer that was given, in the type and shape of its input. */
    static Observation of(Call call, Result result) {
        return new Observation(CheckRun.current(), call, result);
    }

    /** Requires elements that are kept and elements that are dropped, where there are enough of them. */
    private Observation requireBothKinds() {
        OneSided.seen(this, run).ifPresent(seen -> {
            throw run.cause()
                    .saidBy(
                            OneSided.saidBy(run.requirement()),
                            run.cause().ofOneSide(seen, run.violationOfDraws(seen.words(), call)));
        });
        return this;
    }

    private void requireForm(String name, Tensor tensor) {
        if (tensor.dtype() != input.dtype() || !tensor.shape().equals(input.shape())) {
            throw run.cause()
                    .saidBy(
                            form(name, tensor),
                            run.violation(
                                    name + " expected as " + input.dtype() + " " + input.shape() + ", got "
                                            + tensor.dtype() + " " + tensor.shape(),
                                    call));
        }
    }

    /** The requirement on the form in which a tensor differs from the input: its type, or its shape. */
    private String form(String name, Tensor tensor) {
        boolean ofType = tensor.dtype() != input.dtype();
        if (!ofType && call.permutation().isPresent()) {
            return "SHAPE-8";
        }
        return name.equals(GRADIENT) ? "BWD-9" : ofType ? "FWD-5" : "FWD-6";
    }

    Call call() {
        return call;
    }

    int size() {
        return input.size();
    }

    DType dtype() {
        return input.dtype();
    }

    /** The input as the implementation saw it. */
    Tensor input() {
        return input;
    }

    Tensor output() {
        return result.output();
    }

    Tensor gradInput() {
        return result.gradInput().orElseThrow();
    }

    /**
     * Whether the output shows an element as kept. The input has to be finite and not 0 there: then a kept element is
     * at least as large as the input, whatever the rate, and a dropped one is 0; half the input divides the two, so
     * that either may also be a little wrong and is still recognised.
     */
    boolean showsKept(int index) {
        return !(Math.abs(output().value(index)) < Math.abs(input.value(index)) / 2);
    }

    /** Whether an element that is finite and not 0 came out as 0. */
    boolean isZeroed(int index) {
        double x = input.value(index);
        return Double.isFinite(x) && x != 0 && output().value(index) == 0;
    }

    /** Whether a finite element that overflows when it is scaled came out as a NaN. */
    boolean isNaNOfAnOverflow(int index) {
        return dtype().isNaN(output().bits(index))
                && Double.isFinite(input.value(index))
                && (scaled(input.bits(index)) & ~dtype().signBit()) == dtype().infinity();
    }

    boolean hasNaNOfAnOverflow() {
        return IntStream.range(0, size()).anyMatch(this::isNaNOfAnOverflow);
    }

    /** The mask that the output shows, true = kept, in the shape of the input. */
    Tensor shownMask() {
        boolean[] kept = new boolean[size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = showsKept(i);
        }
        return Tensor.ofBooleans(input.shape(), kept);
    }

    /**
     * The mask of this call where its own output cannot show it, in the shape of the input: the one given, the one
     * reported, or the one that the same seed draws for an input that does show it.
     */
    Optional<Tensor> knownMask() {
        if (call.mask().isPresent()) {
            return call.mask().map(mask -> mask.broadcastTo(input.shape()));
        }
        if (run.can(Capability.MASK_OUTPUT)
                && result.mask()
                        .filter(mask -> mask.shape().broadcastsTo(input.shape()))
                        .isPresent()) {
            return result.mask().map(mask -> mask.broadcastTo(input.shape()));
        }
        if (call.seed().isPresent()) {
            Tensor visible = Fill.COUNTING.fill(dtype(), call.input().shape(), 0);
            return Optional.of(of(call.withInput(visible)).shownMask());
        }
        return Optional.empty();
    }

    /** Whether the reported mask differs at this element from what the output shows. */
    boolean isMisreported(int index) {
        return result.mask()
                .filter(mask -> mask.shape().equals(input.shape()))
                .filter(mask -> mask.bits(index) != 0 != showsKept(index))
                .isPresent();
    }

    /** What a kept element of {@code x} has to be: scaled, or as it was where classic scaling is declared. */
    long scaled(long x) {
        return inverted ? Scaled.quotient(dtype(), x, call.rate()) : x;
    }

    /** Requires an element of a result to lie within {@code ulps} of a bit pattern. */
    void requireClose(String name, int index, Tensor tensor, long expected, int ulps) {
        if (!Scaled.close(dtype(), expected, tensor.bits(index), ulps)) {
            throw unexpected(name, index, dtype().text(expected), tensor);
        }
    }

    /** Requires an element of a half type to be the quotient of {@code x} as arithmetic in float32 or wider has it. */
    void requireRoundedOnce(String name, int index, Tensor tensor, long x) {
        if (!Scaled.roundedOnce(dtype(), x, call.rate(), tensor.bits(index))) {
            throw unexpected(name, index, dtype().text(scaled(x)), tensor);
        }
    }

    /** Requires an element of a result to be +0 or -0. */
    void requireZero(String name, int index, Tensor tensor) {
        if (tensor.value(index) != 0) {
            throw unexpected(name, index, "0", tensor);
        }
    }

    /** Requires an element to be the expected number with its sign, or any NaN where a NaN is expected. */
    void requireSame(String name, int index, Tensor tensor, long expected) {
        if (dtype().isNaN(expected) ? !dtype().isNaN(tensor.bits(index)) : tensor.bits(index) != expected) {
            throw unexpected(name, index, dtype().text(expected), tensor);
        }
    }

    /** Requires an element to have exactly these bits, those of a NaN too. */
    void requireBits(String name, int index, Tensor tensor, long expected) {
        if (tensor.bits(index) != expected) {
            throw unexpected(name, index, "0x" + Long.toHexString(expected), tensor);
        }
    }

    /** Requires what a dropped {@code x} has to become: 0, or for a NaN or an infinity what the choice declares. */
    void requireDropped(String name, int index, Tensor tensor, double x) {
        if (Double.isFinite(x) || run.description().choices().droppedNonfinite() == DroppedNonfinite.ZERO) {
            requireZero(name, index, tensor);
        } else if (!Double.isNaN(tensor.value(index))) {
            throw unexpected(name, index, "NaN", tensor);
        }
    }

    /** Requires what evaluation has to make of {@code x}: the same, or x * (1 - rate) where scaling is classic. */
    void requireEvaluated(String name, int index, Tensor tensor, long x) {
        if (inverted) {
            requireSame(name, index, tensor, x);
            return;
        }
        long product = Scaled.product(dtype(), x, call.rate());
        boolean normal = (product & ~dtype().signBit()) >>> dtype().fractionBits() != 0;
        boolean zero = (x & ~dtype().signBit()) == 0;
        // the specification says nothing of rate 1, nor of a product that is subnormal
        if (call.rate() < 1 && (normal || zero)) {
            requireClose(name, index, tensor, product, Scaled.CLASSIC_ULPS);
        }
    }

    /** The mask that was reported, broadcast to the shape of the input. */
    Tensor requireReportedMask() {
        Tensor mask = result.mask().orElseThrow();
        if (mask.dtype() != DType.BOOL || !mask.shape().broadcastsTo(input.shape())) {
            throw run.violation(
                    "expected a bool mask that broadcasts to " + input.shape() + ", got " + mask.dtype() + " "
                            + mask.shape(),
                    call);
        }
        return mask.broadcastTo(input.shape());
    }

    Violation unexpected(String name, int index, String expected, Tensor tensor) {
        String got = dtype().text(tensor.bits(index));
        boolean alike = got.equals(expected) || expected.startsWith("0x");
        String seen = (name.isEmpty() ? "" : name + " ") + "index " + index + ", expected " + expected + ", got " + got
                + (alike ? " (0x" + Long.toHexString(tensor.bits(index)) + ")" : "");
        return run.violationAt(index, name.equals(GRADIENT), seen, call);
    }
}
