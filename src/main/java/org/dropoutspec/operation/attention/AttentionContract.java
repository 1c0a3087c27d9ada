package org.dropoutspec.operation.attention;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dropoutspec.contract.Applies;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.OperationContract;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;

/** Chapter ATTN of the specification. */
public interface AttentionContract extends OperationContract {
    @Property
    @Checks(value = "ATTN-1", pin = "a69465ca")
    default void probabilitiesAreDroppedAfterTheSoftmax(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "ATTN-2", pin = "ce257ffc", needs = Capability.BACKWARD, standsOn = "ATTN-1")
    default void theGradientOfTheValueIsMaskedAndScaled(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "ATTN-3",
            pin = "04e78c9d",
            needs = Capability.BACKWARD,
            standsOn = {"ATTN-1", "ATTN-2"})
    default void theGradientsOfQueryAndKeyPassTheMask(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "ATTN-4",
            pin = "46463171",
            when = Applies.EVALUATION,
            standsOn = {"EVAL-1", "EVAL-5", "ATTN-2", "ATTN-3", "ATTN-1"})
    default void evaluationIsAttentionWithoutDropout(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "ATTN-5", pin = "2180ec76")
    default void answersHaveTheTypesAndShapesOfWhatTheyAnswer(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }
}
