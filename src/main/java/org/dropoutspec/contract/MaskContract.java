package org.dropoutspec.contract;

import static org.dropoutspec.implementation.Capability.BACKWARD;
import static org.dropoutspec.implementation.Capability.FEW_SHAPES;
import static org.dropoutspec.implementation.Capability.KEPT_BITS;
import static org.dropoutspec.implementation.Capability.MASK_INPUT;
import static org.dropoutspec.implementation.Capability.MASK_OUTPUT;
import static org.dropoutspec.implementation.Capability.NOISE_SHAPE;
import static org.dropoutspec.implementation.Capability.PERMUTED_INPUT;
import static org.dropoutspec.implementation.Capability.SEED;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.oracle.InBits;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Chapter MASK of the specification, as far as a single call shows it: the mask reported, given, and recovered. */
public interface MaskContract extends Contract {

    @Property
    @Checks(
            value = "MASK-4",
            pin = "5165c053",
            needs = MASK_OUTPUT,
            standsOn = {"RATE-7", "RATE-8", "FWD-1", "FWD-8", "FWD-2", "MASK-5", "SHAPE-3"})
    default void theReportedMaskIsTheOneApplied(
            @ForAll("maskedCalls") Call call, @ForAll("sometimes") boolean atZeros) {
        if (atZeros) {
            requireReportedAtZeros(call);
        }
        Observation seen = Observation.of(call);
        Tensor reported = seen.requireReportedMask();
        for (int i = 0; i < seen.size(); i++) {
            if (seen.showsKept(i) != (reported.bits(i) != 0)) {
                throw CheckRun.current()
                        .violation(
                                "index " + i + " reported as " + (reported.bits(i) != 0 ? "kept" : "dropped")
                                        + ", output "
                                        + seen.dtype().text(seen.output().bits(i)),
                                call);
            }
        }
    }

    @Provide
    default Arbitrary<Boolean> sometimes() {
        CheckRun run = CheckRun.current();
        boolean shown = run.can(SEED) && run.can(BACKWARD) && !run.can(FEW_SHAPES);
        return shown
                ? InTurn.of(List.of(true, false, false, false, false, false, false, false))
                : Arbitraries.just(false);
    }

    /** An output of zeros shows no mask; its gradient does, where it agrees with the mask that the seed draws. */
    private static void requireReportedAtZeros(Call call) {
        Call zeros = call.withInput(
                        Fill.ZEROS.fill(call.input().dtype(), call.input().shape(), 0))
                .withGradOutput(Fill.COUNTING.fill(call.input().dtype(), call.shape(), 0));
        Observation seen = Observation.of(zeros);
        Tensor reported = seen.requireReportedMask();
        Tensor drawn = Observation.of(call).shownMask();
        for (int i = 0; i < seen.size(); i++) {
            boolean kept = drawn.bits(i) != 0;
            if (kept == (seen.gradInput().value(i) != 0) && kept != (reported.bits(i) != 0)) {
                throw CheckRun.current()
                        .violation(
                                "index " + i + " reported as " + (kept ? "dropped" : "kept") + ", gradient "
                                        + seen.dtype().text(seen.gradInput().bits(i)),
                                zeros);
            }
        }
    }

    @Property
    @Checks(value = "MASK-5", pin = "6edfc277", needs = MASK_OUTPUT, standsOn = "SHAPE-3")
    default void theReportedMaskHasItsOwnShape(@ForAll("maskedCalls") Call call) {
        CheckRun run = CheckRun.current();
        Tensor mask = run.answer(call).mask().orElseThrow();
        if (mask.dtype() != DType.BOOL || !mask.shape().equals(call.maskShape())) {
            throw run.violation(
                    "expected bool " + call.maskShape() + ", got " + mask.dtype() + " " + mask.shape(), call);
        }
    }

    @Provide
    default Arbitrary<Call> maskedCalls() {
        CallArbitraries calls = CheckRun.calls();
        Rates accepted = Rates.accepted(CheckRun.current().description());
        Arbitrary<Call> any = calls.training(accepted, Shapes.any(), Fill.COUNTING, Fill.MODERATE);
        Arbitrary<Call> plain = calls.squares(accepted, Fill.COUNTING)
                .map(squares -> Arbitraries.frequencyOf(Tuple.of(3, any), Tuple.of(1, squares)))
                .orElse(any);
        return CheckRun.current().can(NOISE_SHAPE)
                ? Arbitraries.oneOf(
                        plain,
                        calls.withNoiseShape(calls.training(Rates.ordinary(), Shapes.ofSeveralAxes(), Fill.COUNTING)))
                : plain;
    }

    @Property
    @Checks(
            value = "MASK-6",
            pin = "e41327ea",
            needs = MASK_INPUT,
            standsOn = {"MASK-4", "FWD-2"})
    default void theGivenMaskIsApplied(
            @ForAll("callsWithMask") Call call, @ForAll("squaresWithMask") Optional<Call> square) {
        requireApplied(call);
        square.ifPresent(MaskContract::requireApplied);
    }

    private static void requireApplied(Call call) {
        Observation seen = Observation.of(call);
        Tensor given = call.mask().orElseThrow().broadcastTo(seen.input().shape());
        for (int i = 0; i < seen.size(); i++) {
            boolean kept = given.bits(i) != 0;
            if (seen.showsKept(i) != kept) {
                throw seen.unexpected("", i, kept ? "it kept" : "it dropped", seen.output());
            }
            if (call.gradOutput().isPresent() && kept == (seen.gradInput().value(i) == 0)) {
                throw seen.unexpected(Observation.GRADIENT, i, kept ? "it kept" : "it dropped", seen.gradInput());
            }
        }
        if (CheckRun.current().can(MASK_OUTPUT)) {
            MaskEquality.required(given, seen.requireReportedMask(), "in the mask reported", call);
        }
    }

    /** Calls with masks that keep all, drop all, or half of each, at rates that have nothing to do with that. */
    @Provide
    default Arbitrary<Call> callsWithMask() {
        CallArbitraries calls = CheckRun.calls();
        return Combinators.combine(
                        CheckRun.covering().callsOfAnySize(Rates.ordinary(), Fill.COUNTING, Fill.MODERATE),
                        InTurn.of(List.of(0.5, 0.0, 0.5, 1.0, 0.5)),
                        calls.seeds())
                .as((call, dropped, seed) ->
                        call.withoutSeed().withMask(BernoulliMask.draw(call.maskShape(), dropped, seed, 0)));
    }

    @Provide
    default Arbitrary<Optional<Call>> squaresWithMask() {
        CallArbitraries calls = CheckRun.calls();
        return calls.squares(Rates.ordinary(), Fill.COUNTING)
                .map(squares -> Combinators.combine(
                                calls.withGradientWherePossible(squares, Fill.COUNTING), calls.seeds())
                        .as((call, seed) ->
                                call.withoutSeed().withMask(BernoulliMask.draw(call.maskShape(), 0.5, seed, 0)))
                        .optional(0.125))
                .orElse(Arbitraries.just(Optional.empty()));
    }

    @Property
    @Checks(value = "MASK-14", pin = "7f672b64", needs = KEPT_BITS, standsOn = "SEED-1")
    default void theBitsTellTheMaskThatIsApplied(@ForAll("callsInBits") Call call) {
        boolean goesOn = call.seed().isPresent()
                && Applies.STREAM.holdsFor(CheckRun.current().description());
        List<Call> calls = goesOn ? List.of(call, call.withoutSeed()) : List.of(call);
        List<Tensor> outputs =
                calls.stream().map(each -> Observation.of(each).output()).toList();
        for (int i = 0; i < calls.size(); i++) {
            PackedMask inFull = PackedMask.ofOutput(outputs.get(i));
            Optional<String> difference =
                    InBits.difference(inFull, CheckRun.current().answerInBits(calls.get(i)));
            if (difference.isPresent()) {
                String which = i == 0 ? "" : "in the call after it, ";
                throw CheckRun.current().violation(which + difference.get(), call);
            }
        }
    }

    /** Calls that repeat their mask: by their seed, by the mask that they carry, or since nothing is left to chance. */
    @Provide
    default Arbitrary<Call> callsInBits() {
        CallArbitraries calls = CheckRun.calls();
        CheckRun run = CheckRun.current();
        boolean chance = run.can(SEED) || run.can(MASK_INPUT);
        Rates accepted = Rates.accepted(run.description());
        Rates certain = Applies.RATE_ONE_ZEROS.holdsFor(run.description()) ? Rates.only(0.0, 1.0) : Rates.only(0.0);
        Arbitrary<Shape> shapes = Arbitraries.frequencyOf(Tuple.of(9, Shapes.any()), Tuple.of(1, Shapes.only(20_003)));
        Arbitrary<Call> plain = calls.training(chance ? accepted : certain, shapes, Fill.COUNTING, Fill.MODERATE);
        Arbitrary<Call> strided =
                run.can(PERMUTED_INPUT) ? Arbitraries.oneOf(plain, calls.withPermutation(plain)) : plain;
        Arbitrary<Call> any = run.can(NOISE_SHAPE) && !run.can(FEW_SHAPES)
                ? Arbitraries.oneOf(
                        strided,
                        calls.withNoiseShape(calls.training(
                                chance ? accepted : certain, Shapes.ofSeveralAxes(), Fill.COUNTING, Fill.MODERATE)))
                : strided;
        return chance && !run.can(SEED)
                ? Combinators.combine(any, calls.seeds())
                        .as((call, seed) -> call.rate() == 1
                                ? call
                                : call.withMask(BernoulliMask.draw(call.maskShape(), call.rate(), seed, 0)))
                : any;
    }

    @Property
    @Checks(
            value = "MASK-7",
            pin = "f8e73b62",
            needs = SEED,
            standsOn = {"SEED-1", "NUM-1", "BWD-10", "FWD-2", "MASK-12"})
    default void theMaskDoesNotDependOnTheInputsValues(@ForAll("callsOfAnyValues") Call call) {
        Tensor plain = Fill.COUNTING.fill(call.input().dtype(), call.input().shape(), 0);
        Tensor expected = Observation.of(call.withInput(plain)).shownMask();
        Observation seen = Observation.of(call);
        for (int i = 0; i < seen.size(); i++) {
            double x = seen.input().value(i);
            boolean visible = Double.isFinite(x) && x != 0;
            if (visible && seen.showsKept(i) != (expected.bits(i) != 0)) {
                Violation differs = seen.unexpected(
                        "",
                        i,
                        expected.bits(i) != 0 ? "it kept, as for 1, 2, 3, ..." : "it dropped, as for 1, 2, 3, ...",
                        seen.output());
                // a NaN is no value of a kept element either
                throw Double.isNaN(seen.output().value(i))
                        ? CheckRun.current().cause().partOf("FWD-1", differs)
                        : differs;
            }
        }
    }

    @Provide
    default Arbitrary<Call> callsOfAnyValues() {
        return CheckRun.covering().callsOfAnySize(Rates.ordinary(), Fill.MODERATE, Fill.LARGEST, Fill.MIXED);
    }
}
