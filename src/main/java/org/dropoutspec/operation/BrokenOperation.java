package org.dropoutspec.operation;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.reference.Dropout;

/** An implementation of one operation that answers as the reference does, but for one defect. */
public final class BrokenOperation implements Implementation {
    private final Operation operation;
    private final Dropout dropout;
    private final Defect defect;

    /** What is answered in the place of what the reference answers. */
    @FunctionalInterface
    public interface Defect {
        /**
         * @param call whose seed, if it has one, was set already
         * @param dropout whose stream the masks continue
         * @param operation which answers soundly
         */
        OperationResult answer(OperationCall call, Dropout dropout, Operation operation);
    }

    public BrokenOperation(Operation operation, long seed, Defect defect) {
        this.operation = operation;
        this.dropout = new Dropout(seed);
        this.defect = defect;
    }

    /** A mutant of the operation. */
    public static Mutant mutant(Operation operation, String name, String requirement, String what, Defect defect) {
        return new Mutant(
                name, operation.name(), requirement, what, seed -> new BrokenOperation(operation, seed, defect));
    }

    @Override
    public Description description() {
        return Description.of("broken " + operation.name(), "1.0")
                .onlyDeclaring(operation.name(), operation.reference());
    }

    @Override
    public Result dropout(Call call) {
        throw new UnsupportedCall("plain dropout is not declared");
    }

    @Override
    public OperationResult answer(OperationCall call) {
        try {
            call.seed().ifPresent(dropout::reseed);
            return defect.answer(call, dropout, operation);
        } catch (IllegalArgumentException rejection) {
            throw new RejectedCall(rejection.getMessage());
        }
    }
}
