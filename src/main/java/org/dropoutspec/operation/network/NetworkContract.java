package org.dropoutspec.operation.network;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dropoutspec.contract.Applies;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.OperationContract;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;

/** Chapter NET of the specification. */
public interface NetworkContract extends OperationContract {
    @Property
    @Checks(value = "NET-1", pin = "f486e8fd")
    default void everyLayerGivesWhatItsInputMakes(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "NET-2", pin = "eb288b9b", standsOn = "NET-1")
    default void theLossIsTheMeanCrossEntropy(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "NET-3",
            pin = "2fede640",
            needs = Capability.BACKWARD,
            standsOn = {"MASK-4", "MASK-6", "NET-1"})
    default void everyGradientIsThatOfTheThinnedNetwork(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "NET-4",
            pin = "b55739c2",
            needs = Capability.BACKWARD,
            standsOn = {"NET-1", "NET-3"})
    default void aDroppedUnitPassesNoGradient(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "NET-5",
            pin = "c28f3f30",
            when = Applies.EVALUATION,
            standsOn = {"EVAL-1", "EVAL-5", "NET-3", "NET-1"})
    default void evaluationIsTheNetworkWithoutDropout(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "NET-6",
            pin = "9de3cca8",
            standsOn = {"NET-1", "NET-7"})
    default void eachLayerDrawsAMaskOfItsOwn(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "NET-7", pin = "789058ae", standsOn = "NET-1")
    default void eachExampleHasAMaskOfItsOwn(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "NET-8",
            pin = "ac776ed2",
            standsOn = {"NET-1", "NET-7"})
    default void eachStepDrawsAnew(@ForAll("operationCalls") OperationCall call) {
        OperationCall unseeded = call.without("seed");
        OperationResult first = answered(unseeded);
        OperationResult second = answered(unseeded);
        DrawnMasks.of(unseeded, first)
                .sameAs(DrawnMasks.of(unseeded, second))
                .ifPresent(what -> broken("the second step " + what, unseeded));
    }

    @Property
    @Checks(value = "NET-9", pin = "7843bee8")
    default void answersHaveTheFormOfTheNetwork(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }
}
