package org.dropoutspec.cli;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.wire.Deadline;

/** An implementation in this JVM that is asked nothing more when the time for the run is up. */
record Bounded(Implementation implementation, Deadline deadline) implements Implementation {
    @Override
    public Description description() {
        return implementation.description();
    }

    @Override
    public Result dropout(Call call) {
        if (deadline.isOver()) {
            throw new ImplementationFault(deadline.words());
        }
        return implementation.dropout(call);
    }

    @Override
    public boolean restart() {
        return implementation.restart();
    }
}
