package org.dropoutspec.cli;

import java.util.function.Supplier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Enclosing;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.wire.Deadline;

/** An implementation in this JVM that is asked nothing more once the time for the run is over. */
record Bounded(Implementation implementation, Deadline deadline) implements Enclosing {
    @Override
    public Description description() {
        return implementation.description();
    }

    @Override
    public Result dropout(Call call) {
        return within(() -> implementation.dropout(call));
    }

    @Override
    public Bits kept(Call call) {
        return within(() -> implementation.kept(call));
    }

    @Override
    public OperationResult answer(OperationCall call) {
        return within(() -> implementation.answer(call));
    }

    private <T> T within(Supplier<T> call) {
        if (deadline.isOver()) {
            throw new ImplementationFault(deadline.words());
        }
        return call.get();
    }

    @Override
    public Implementation enclosed() {
        return implementation;
    }
}
