package org.dropoutspec.operation.dropconnect;

import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.implementation.Capability.BACKWARD;
import static org.dropoutspec.implementation.Capability.MASK_OUTPUT;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.OperationContract;
import org.dropoutspec.implementation.OperationCall;

/** Chapter CONN of the specification. */
public interface ConnectContract extends OperationContract {
    @Property
    @Checks(
            value = "CONN-1",
            pin = "72919509",
            standsOn = {"MASK-4", "MASK-6", "CONN-2", "CONN-6"})
    default void theOutputIsThatOfTheKeptWeights(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "CONN-2", pin = "47f03f9e")
    default void theBiasIsNeitherDroppedNorScaled(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "CONN-3",
            pin = "afbb47f6",
            needs = BACKWARD,
            standsOn = {"MASK-4", "MASK-6", "CONN-1", "CONN-6"})
    default void theGradientOfTheWeightIsMasked(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "CONN-4",
            pin = "650e4ade",
            needs = BACKWARD,
            standsOn = {"MASK-4", "MASK-6", "CONN-1", "CONN-6", "CONN-3"})
    default void theGradientOfTheInputPassesTheKeptWeights(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "CONN-5", pin = "591e6dc3", needs = BACKWARD)
    default void theGradientOfTheBiasIsUnmasked(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "CONN-6", pin = "b15d08a8", needs = MASK_OUTPUT)
    default void theReportedMaskHasTheShapeOfTheWeight(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "CONN-7",
            pin = "b015d2ab",
            when = EVALUATION,
            standsOn = {"EVAL-1", "EVAL-5", "CONN-2", "CONN-3", "CONN-4", "CONN-5", "CONN-1"})
    default void evaluationIsADenseLayer(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }
}
