package org.dropoutspec.mutant;

import java.util.List;
import java.util.stream.Stream;

/** Every broken implementation, in the order of the specification. */
public final class Mutants {
    private Mutants() {}

    public static List<Mutant> all() {
        return Stream.of(
                        RateMutants.all(),
                        RateStatisticsMutants.all(),
                        MaskMutants.all(),
                        BitsMutants.all(),
                        PositionMutants.all(),
                        CountMutants.all(),
                        DependenceMutants.all(),
                        StreamMutants.all(),
                        RepetitionMutants.all(),
                        InputMutants.all(),
                        ForwardMutants.all(),
                        BufferMutants.all(),
                        BackwardMutants.all(),
                        RetainedCallMutants.all(),
                        LayerMutants.all(),
                        RetainMutants.all(),
                        EvaluationMutants.all(),
                        SeedMutants.all(),
                        SeedDependenceMutants.all(),
                        ConditionalReplayMutants.all(),
                        ConditionalStreamMutants.all(),
                        NumericsMutants.all(),
                        LargeMutants.all(),
                        ShapeMutants.all(),
                        StateMutants.all(),
                        InstanceMutants.all(),
                        InterludeMutants.all())
                .flatMap(List::stream)
                .toList();
    }
}
