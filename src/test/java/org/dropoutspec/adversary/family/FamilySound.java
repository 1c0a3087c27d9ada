package org.dropoutspec.adversary.family;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.tensor.DType;

/**
 * An operation of the family that is right in an unusual way.
 *
 * @param name what is unusual
 * @param implementation makes one whose stream begins at a seed
 */
record FamilySound(String operation, String name, LongFunction<Implementation> implementation) {
    /** Showing its masks and taking them, in every type. */
    static FamilySound of(String operation, String name, Defect way) {
        return declaring(operation, name, all -> all, way);
    }

    /** Showing its answers alone. */
    static FamilySound opaque(String operation, String name, Defect way) {
        return declaring(
                operation, name, all -> all.withCapabilities(EnumSet.of(Capability.SEED, Capability.BACKWARD)), way);
    }

    /** In float32 alone. */
    static FamilySound single(String operation, String name, Defect way) {
        return declaring(
                operation, name, all -> new Declaration(Set.of(DType.FLOAT32), all.capabilities(), all.choices()), way);
    }

    /** @param declaring what it says of itself, from what the reference does, its generator aside */
    static FamilySound declaring(String operation, String name, UnaryOperator<Declaration> declaring, Defect way) {
        Declaration reference = FamilyBroken.named(operation).reference();
        Set<Capability> own = EnumSet.copyOf(reference.capabilities());
        own.remove(Capability.PHILOX4X32_10);
        Declaration declared = declaring.apply(reference.withCapabilities(own));
        return new FamilySound(
                operation, name, seed -> new BrokenOperation(FamilyBroken.named(operation), seed, declared, way));
    }

    /** The same, which says more of itself as a whole. */
    FamilySound as(UnaryOperator<Description> described) {
        return new FamilySound(operation, name, seed -> new Described(implementation.apply(seed), described));
    }

    private record Described(Implementation whole, UnaryOperator<Description> described) implements Implementation {
        @Override
        public Description description() {
            return described.apply(whole.description());
        }

        @Override
        public Result dropout(Call call) {
            return whole.dropout(call);
        }

        @Override
        public OperationResult answer(OperationCall call) {
            return whole.answer(call);
        }
    }

    static List<FamilySound> all() {
        return Stream.of(
                        SoundMasks.all(),
                        SoundNoise.all(),
                        SoundSums.all(),
                        SoundBetween.all(),
                        SoundOrders.all(),
                        SoundEdges.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return operation + " " + name;
    }
}
