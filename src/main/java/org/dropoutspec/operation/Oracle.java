package org.dropoutspec.operation;

import java.util.List;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.oracle.Sighting;

/** Holds the answers of one implementation to exact arithmetic from the call and the masks. */
@FunctionalInterface
public interface Oracle {
    /** What an answer breaks, each requirement once. */
    List<Sighting> judge(OperationCall call, OperationResult result);
}
