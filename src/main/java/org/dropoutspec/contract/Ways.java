package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.dropoutspec.contract.Step.How;
import org.dropoutspec.implementation.BetweenCalls;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;

/** Ways to put a call: what holds of a plain call holds of the same one retained, recomputed or of another layer. */
final class Ways {
    private static final How RETAINED = How.PLAIN.keep();
    private static final How RECOMPUTED = How.PLAIN.recompute(true);
    private static final How OF_ANOTHER_LAYER = How.PLAIN.at(1);

    private Ways() {}

    /** All declared ways; half of the time the plain one. */
    static Arbitrary<How> all() {
        return plainOr(declared(true));
    }

    /** The same without another layer, in which a seed may draw another mask. */
    static Arbitrary<How> ofOneLayer() {
        return plainOr(declared(false));
    }

    private static Arbitrary<How> plainOr(List<How> others) {
        return others.isEmpty()
                ? Arbitraries.just(How.PLAIN)
                : Arbitraries.oneOf(Arbitraries.just(How.PLAIN), Arbitraries.of(others));
    }

    private static List<How> declared(boolean layers) {
        CheckRun run = CheckRun.current();
        List<How> ways = new ArrayList<>();
        if (run.can(Capability.FEW_SHAPES)) {
            return ways;
        }
        if (run.can(Capability.RETAIN)) {
            ways.add(RETAINED);
        }
        if (run.can(Capability.RECOMPUTE)) {
            ways.add(RECOMPUTED);
        }
        if (layers && run.can(Capability.INSTANCES)) {
            ways.add(OF_ANOTHER_LAYER);
        }
        return ways;
    }

    /**
     * The way as it is, or in the place of retained and recomputed the one of the two that fits the call: a retained
     * call gets its gradient later, a recomputed one now. The plain way, where neither can be.
     */
    static How fitting(How way, Call call) {
        if (!way.retained() && !way.recomputed()) {
            return way;
        }
        CheckRun run = CheckRun.current();
        if (call.gradOutput().isEmpty()) {
            return run.can(Capability.RETAIN) ? RETAINED : How.PLAIN;
        }
        return call.training() && run.can(Capability.RECOMPUTE) ? RECOMPUTED : How.PLAIN;
    }

    /** The operation's call that stands behind the call, put that way. */
    static OperationCall of(How way, Call call) {
        OperationCall asked = way.of(CheckRun.current().standingBehind(call));
        return way.retained() ? BetweenCalls.retained(asked) : asked;
    }

    /** The answer, which must not be a rejection; nothing is retained after it. */
    static OperationResult answer(Call call, OperationCall asked) {
        CheckRun run = CheckRun.current();
        OperationResult answer = run.answer(call, asked);
        if (asked.flag("retain")) {
            run.ask(BetweenCalls.release(answer.integer("id")));
        }
        return answer;
    }
}
