package org.dropoutspec.operation.grouped;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.OperationContract;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.OperationCall;

/** Chapter SPATIAL of the specification. */
public interface SpatialContract extends OperationContract {
    @Property
    @Checks(value = "SPATIAL-1", pin = "05e77c2e", standsOn = "SPATIAL-2")
    default void wholeChannelsAreDropped(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "SPATIAL-2", pin = "8cc519cb", needs = Capability.PERMUTED_INPUT)
    default void channelsOfAStridedInputAreDropped(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }
}
