package org.dropoutspec.operation;

import java.util.function.UnaryOperator;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;

/** The reference of one operation, which declares no other. */
class OneOperation implements Implementation {
    private final ReferenceFamily family;
    private final Description description;

    OneOperation(ReferenceFamily family, String operation, UnaryOperator<Declaration> declaring) {
        Description all = family.description();
        this.family = family;
        this.description = all.onlyDeclaring(operation, declaring.apply(all.declaration(operation)));
    }

    @Override
    public final Description description() {
        return description;
    }

    @Override
    public final Result dropout(Call call) {
        throw new RejectedCall("plain dropout is not declared");
    }

    @Override
    public OperationResult answer(OperationCall call) {
        return family.answer(call);
    }

    @Override
    public boolean restart() {
        return family.restart();
    }
}
