package org.dropoutspec.operation.recurrent;

import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.implementation.Capability.BACKWARD;
import static org.dropoutspec.implementation.Capability.MASK_OUTPUT;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.OperationContract;
import org.dropoutspec.implementation.OperationCall;

/** Chapter RNN of the specification. */
public interface RecurrentContract extends OperationContract {
    @Property
    @Checks(
            value = "RNN-1",
            pin = "33aa9e6f",
            standsOn = {"MASK-4", "MASK-6", "RNN-2", "RNN-8"})
    default void everyStepIsThatOfTheMaskedCell(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "RNN-2",
            pin = "63aa065f",
            standsOn = {"MASK-4", "MASK-6", "RNN-8"})
    default void bothMasksAreHeldOverTime(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "RNN-3",
            pin = "e6c73e2e",
            needs = BACKWARD,
            standsOn = {"MASK-4", "MASK-6", "RNN-1", "RNN-2", "RNN-8", "RNN-6"})
    default void theGradientOfTheInputComesThroughTimeAndBothMasks(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "RNN-4",
            pin = "a515d0a9",
            needs = BACKWARD,
            standsOn = {"MASK-4", "MASK-6", "RNN-1", "RNN-2", "RNN-6", "RNN-8"})
    default void theGradientOfTheInputWeightIsOfTheMaskedInput(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "RNN-5",
            pin = "3d7c81cd",
            needs = BACKWARD,
            standsOn = {"MASK-4", "MASK-6", "RNN-1", "RNN-2", "RNN-6", "RNN-8"})
    default void theGradientOfTheRecurrentWeightIsOfTheMaskedState(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "RNN-6",
            pin = "3948f9fe",
            needs = BACKWARD,
            standsOn = {"MASK-4", "MASK-6", "RNN-1", "RNN-2", "RNN-3", "RNN-8"})
    default void theGradientOfTheBiasIsOfAllSteps(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "RNN-7",
            pin = "1367ab5b",
            when = EVALUATION,
            standsOn = {"EVAL-1", "EVAL-5", "RNN-3", "RNN-4", "RNN-5", "RNN-6", "RNN-1"})
    default void evaluationIsAnElmanCell(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "RNN-8", pin = "2a23f512", needs = MASK_OUTPUT)
    default void theReportedMasksAreOfAnExample(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }
}
