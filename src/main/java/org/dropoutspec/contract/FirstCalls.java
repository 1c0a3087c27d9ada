package org.dropoutspec.contract;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.oracle.Watch;

/**
 * What came of the calls before any check.
 *
 * @param gradientsTell whether gradients show the mask where the input is 0; wrong gradients do not
 * @param earlySeeds the first calls with seeds; none where nothing asks for them again
 */
record FirstCalls(boolean gradientsTell, EarlySeeds earlySeeds) {
    /** Before any call was made. */
    static final FirstCalls NONE = new FirstCalls(true, EarlySeeds.none());

    /**
     * Asks the plainest calls, and then, if wanted, some with seeds.
     *
     * @throws ImplementationFault when one of the plainest is not answered: then there is nothing to judge
     */
    static FirstCalls ask(UnderTest implementation, OperationUnderTest operation, FewShapes shapes, boolean seeds) {
        Description description = implementation.description();
        operation.site().ifPresent(view -> view.settle(shapes.plain().orElseGet(() -> PlainCalls.all(description))));
        PlainestAnswers answers = new PlainestAnswers(implementation, shapes);
        PlainCalls.obstacle(description, answers::to).ifPresent(obstacle -> {
            throw new ImplementationFault(obstacle);
        });
        boolean tell = answers.gradientsAreRight
                & PlainCalls.gradientAtZeroTells(description, call -> implementation.dropout(shapes.fitted(call)));
        return new FirstCalls(
                tell, seeds ? EarlySeeds.ask(description, shapes::fitted, implementation::dropout) : EarlySeeds.none());
    }

    /** The answers to the plainest calls: if their gradients are wrong, gradients show no mask. */
    private static final class PlainestAnswers {
        private final UnderTest implementation;
        private final FewShapes shapes;
        private final Watch watch;
        private boolean gradientsAreRight = true;

        PlainestAnswers(UnderTest implementation, FewShapes shapes) {
            this.implementation = implementation;
            this.shapes = shapes;
            this.watch = new Watch(implementation.description());
        }

        Result to(Call call) {
            Call fitted = shapes.fitted(call);
            Result result = implementation.dropout(fitted);
            gradientsAreRight &= watch.look(fitted, result).sightings().stream()
                    .noneMatch(seen -> seen.requirement().startsWith("BWD-"));
            return result;
        }
    }
}
