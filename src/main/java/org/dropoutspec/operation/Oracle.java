package org.dropoutspec.operation;

import java.util.List;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.oracle.Sighting;

/** Compares the answers of one implementation with exact arithmetic from the call and the masks. */
@FunctionalInterface
public interface Oracle {
    /** The requirements that an answer breaks, each of them once. */
    List<Sighting> judge(OperationCall call, OperationResult result);
}
