package org.dropoutspec.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.reference.Dropout;

/** An implementation of one operation that answers like the reference except for one defect. */
public final class BrokenOperation implements Implementation {
    private final Operation operation;
    private final Dropout dropout;
    private final Declaration declared;
    private final Defect defect;

    /** The defect: an answer in place of the reference's. */
    @FunctionalInterface
    public interface Defect {
        /**
         * @param call the call, whose seed, if it has one, was set already
         * @param dropout the source of masks, whose stream goes on
         * @param operation the operation, which answers soundly
         */
        OperationResult answer(OperationCall call, Dropout dropout, Operation operation);
    }

    /** An implementation that declares what the reference declares. */
    public BrokenOperation(Operation operation, long seed, Defect defect) {
        this(operation, seed, operation.reference(), defect);
    }

    /** @param declared the declaration of the operation; fields of an answer that go beyond it are left out */
    public BrokenOperation(Operation operation, long seed, Declaration declared, Defect defect) {
        this.declared = declared;
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
        return Description.of("broken " + operation.name(), "1.0").onlyDeclaring(operation.name(), declared);
    }

    @Override
    public Result dropout(Call call) {
        throw new UnsupportedCall("plain dropout is not declared");
    }

    @Override
    public OperationResult answer(OperationCall call) {
        try {
            call.seed().ifPresent(dropout::reseed);
            return called(call, defect.answer(call, dropout, operation));
        } catch (IllegalArgumentException rejection) {
            throw new RejectedCall(rejection.getMessage());
        }
    }

    private static OperationResult called(OperationCall call, OperationResult all) {
        Map<String, Object> carried = new LinkedHashMap<>();
        for (ResultField field : call.result()) {
            if (all.has(field.name())) {
                carried.put(field.name(), all.fields().get(field.name()));
            }
        }
        return new OperationResult(carried);
    }
}
