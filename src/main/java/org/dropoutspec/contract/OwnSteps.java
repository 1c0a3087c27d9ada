package org.dropoutspec.contract;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.Step.Own;
import org.dropoutspec.implementation.OperationCall;

/** Steps that are calls of the operation under test, as its own chapter asks them. */
final class OwnSteps {
    /** The fields in which a call carries what is otherwise drawn. */
    private static final List<String> DRAWN = List.of("mask", "recurrent_mask", "masks", "noise");

    private OwnSteps() {}

    /**
     * Lists made from three calls of the operation under test that its own chapter asks: two that differ in their rate
     * alone, where they have one, and another.
     *
     * @param lists makes lists of such calls, which are without masks, seeds and gradients
     */
    static Arbitrary<List<Step>> lists(Function<List<OperationCall>, Arbitrary<List<Step>>> lists) {
        return CheckRun.current()
                .site()
                .calls()
                .filter(call -> DRAWN.stream().noneMatch(call::has))
                .map(OwnSteps::undressed)
                .list()
                .ofSize(2)
                .flatMap(
                        calls -> lists.apply(List.of(rate(calls.get(0), 0.5), rate(calls.get(0), 0.25), calls.get(1))));
    }

    static Arbitrary<Own> of(List<OperationCall> calls) {
        return Arbitraries.of(calls).map(Own::of);
    }

    /** The calls as evaluations, where there are any; else as they are. */
    static Arbitrary<Own> evaluations(Arbitrary<Own> calls) {
        return Applies.EVALUATION.holdsFor(CheckRun.current().description())
                ? calls.map(step ->
                        step.with(CheckRun.current().site().awaiting(step.call().with("training", false))))
                : calls;
    }

    private static OperationCall undressed(OperationCall call) {
        return CheckRun.current()
                .site()
                .awaiting(call.with("training", true)
                        .without("seed")
                        .without("grad_output")
                        .without("gradients"));
    }

    private static OperationCall rate(OperationCall call, double rate) {
        return call.has("rate") ? call.with("rate", rate) : call;
    }
}
