package org.dropoutspec.contract;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;

/** What the chapters of single operations have in common: calls of the operation, each answer held to exact arithmetic. */
public interface OperationContract extends Contract {
    /** Calls that the operation under test can be asked. */
    @Provide
    default Arbitrary<OperationCall> operationCalls() {
        Hearing hearing = Hearing.current();
        return hearing.can(Capability.FEW_SHAPES)
                ? fewShapes(hearing)
                : hearing.site().calls();
    }

    /** Where every other shape is expensive: calls that show the mask, in the shapes that are asked anyway. */
    private static Arbitrary<OperationCall> fewShapes(Hearing hearing) {
        Calls calls = Hearing.calls();
        return calls.withGradientWherePossible(
                        calls.inEitherMode(calls.training(Rates.ordinary(), Shapes.any(), Values.MODERATE)),
                        Values.MODERATE)
                .map(call -> hearing.site()
                        .standingBehind((Call) hearing.examination().fitted(call)));
    }

    /** The answer to a call, which is held to the requirement that is being checked. */
    default OperationResult answered(OperationCall call) {
        return Hearing.current().judge(call);
    }

    /** Tells how answers to a call break the requirement that is being checked. */
    default void broken(String finding, OperationCall call) {
        throw Hearing.current().violation(finding + " (" + call + ")");
    }

    /** Asks a call, and holds the answer to the requirement that is being checked. */
    default void holds(OperationCall call) {
        Hearing.current().judge(call);
    }
}
