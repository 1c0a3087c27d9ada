package org.dropoutspec.contract;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import org.dropoutspec.implementation.OperationCall;

/** What the chapters of single operations have in common: calls of the operation, each answer held to exact arithmetic. */
public interface OperationContract extends Contract {
    /** Calls that the operation under test can be asked. */
    @Provide
    default Arbitrary<OperationCall> operationCalls() {
        return Hearing.current().site().calls();
    }

    /** Asks a call, and holds the answer to the requirement that is being checked. */
    default void holds(OperationCall call) {
        Hearing.current().judge(call);
    }
}
