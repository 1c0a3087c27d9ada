package org.dropoutspec.operation.alpha;

import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.implementation.Capability.BACKWARD;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.OperationContract;
import org.dropoutspec.implementation.OperationCall;

/** Chapter ALPHA of the specification. */
public interface AlphaContract extends OperationContract {
    @Property
    @Checks(value = "ALPHA-1", pin = "659af8fe")
    default void whatIsKeptIsMappedAffinely(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "ALPHA-2", pin = "d84e8865", standsOn = "ALPHA-1")
    default void whatIsDroppedTakesTheMappedSaturationValue(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "ALPHA-3",
            pin = "591229eb",
            needs = BACKWARD,
            standsOn = {"ALPHA-1", "ALPHA-2"})
    default void theGradientIsMaskedAndScaledByA(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "ALPHA-4", pin = "fc302329", needs = BACKWARD, when = EVALUATION, standsOn = "EVAL-1")
    default void evaluationPassesTheGradientThrough(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "ALPHA-5", pin = "abf0abcd")
    default void theAnswerHasTheTypeAndShapeOfTheInput(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }
}
