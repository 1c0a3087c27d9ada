package org.dropoutspec.operation.gaussian;

import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.implementation.Capability.BACKWARD;
import static org.dropoutspec.implementation.Capability.NOISE_OUTPUT;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.OperationContract;
import org.dropoutspec.implementation.OperationCall;

/** Chapter GAUSS of the specification. */
public interface GaussianContract extends OperationContract {
    @Property
    @Checks(value = "GAUSS-1", pin = "a26d266e")
    default void noiseMultipliesTheInput(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "GAUSS-2", pin = "e9f9bdbd", needs = BACKWARD)
    default void theGradientHasTheNoiseOfTheOutput(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "GAUSS-3", pin = "4726a34a", needs = NOISE_OUTPUT)
    default void theReportedNoiseIsTheOneApplied(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "GAUSS-4", pin = "eeddcef6", needs = BACKWARD, when = EVALUATION)
    default void evaluationPassesTheGradientThrough(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "GAUSS-5", pin = "b374959b")
    default void theAnswerHasTheTypeAndShapeOfTheInput(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }
}
