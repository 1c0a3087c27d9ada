package org.dropoutspec.golden;

import java.util.function.Function;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Result;

/** An implementation that declares this and answers so. */
record Declaring(Description description, Function<Call, Result> answer) implements Implementation {
    @Override
    public Result dropout(Call call) {
        return answer.apply(call);
    }
}
