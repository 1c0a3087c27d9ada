package org.dropoutspec.operation;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.reference.Dropout;

/** The reference of all operations as one implementation under test, with one stream of masks for all of them. */
public final class ReferenceFamily implements Implementation {
    private final List<Operation> operations;
    private final Dropout dropout;
    private final ReferenceImplementation plain;
    private final Description description;

    /** @param seed where the stream of unseeded calls begins */
    public ReferenceFamily(long seed) {
        this(seed, Operations.all());
    }

    /** The reference of some operations. */
    public ReferenceFamily(long seed, List<Operation> operations) {
        this.operations = List.copyOf(operations);
        this.dropout = new Dropout(seed);
        this.plain = new ReferenceImplementation(dropout);
        this.description = described(operations);
    }

    /** What every reference of these operations says of itself. */
    public static Description described(List<Operation> operations) {
        Description all = ReferenceImplementation.DESCRIPTION;
        for (Operation operation : operations) {
            all = all.declaring(operation.name(), operation.reference());
        }
        return all;
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public Result dropout(Call call) {
        return plain.dropout(call);
    }

    @Override
    public OperationResult answer(OperationCall call) {
        Operation asked = operations.stream()
                .filter(operation -> operation.name().equals(call.operation()))
                .findFirst()
                .orElseThrow(() -> new UnsupportedCall("the reference has no " + call.operation()));
        try {
            call.seed().ifPresent(dropout::reseed);
            return asked.answer(call, dropout);
        } catch (IllegalArgumentException rejection) {
            throw new RejectedCall(rejection.getMessage());
        }
    }
}
