package org.dropoutspec.operation.grouped;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.OperationContract;
import org.dropoutspec.implementation.OperationCall;

/** Chapter DEPTH of the specification. */
public interface DepthContract extends OperationContract {
    @Property
    @Checks(value = "DEPTH-1", pin = "3f1d0f86")
    default void wholeExamplesAreDropped(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }
}
