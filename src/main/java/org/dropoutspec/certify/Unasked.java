package org.dropoutspec.certify;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;

/** An implementation known by its description alone: it answers no call. */
record Unasked(Description description) implements Implementation {
    private static final String WHY = "shards are merged without asking anything";

    @Override
    public Result dropout(Call call) {
        throw new UnsupportedCall(WHY);
    }

    @Override
    public OperationResult answer(OperationCall call) {
        throw new UnsupportedCall(WHY);
    }
}
