package org.dropoutspec.operation;

import java.util.List;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.format.VectorOperations;

/** The vectors of every operation. */
public final class OperationVectors implements VectorOperations {
    @Override
    public List<VectorOperation> operations() {
        return Operations.all().stream().map(Operation::vectors).toList();
    }
}
