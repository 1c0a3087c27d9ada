package org.dropoutspec.adversary.family;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.operation.BrokenOperation;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.Operations;

/**
 * An operation of the family with a defect as real code has it.
 *
 * @param name what is wrong, in a few words
 * @param requirements by any of which it may be found
 * @param implementation makes one whose stream begins at a seed
 */
record FamilyBroken(
        String operation, String name, Set<String> requirements, LongFunction<Implementation> implementation) {

    static FamilyBroken of(String operation, String name, Defect defect, String... requirements) {
        Set<Capability> capabilities =
                EnumSet.copyOf(named(operation).reference().capabilities());
        capabilities.remove(Capability.PHILOX4X32_10); // any other mask would break that
        return declaring(operation, name, capabilities, defect, requirements);
    }

    /** Which can be asked less than the reference. */
    static FamilyBroken declaring(
            String operation, String name, Set<Capability> capabilities, Defect defect, String... requirements) {
        Declaration declared = named(operation).reference().withCapabilities(capabilities);
        return new FamilyBroken(
                operation,
                name,
                Set.of(requirements),
                seed -> new BrokenOperation(named(operation), seed, declared, defect));
    }

    static Operation named(String operation) {
        return Operations.named(operation).orElseThrow();
    }

    static List<FamilyBroken> all() {
        return Stream.of(
                        Structures.all(),
                        GroupedDefects.all(),
                        NoiseDefects.all(),
                        WeightDefects.all(),
                        SequenceDefects.all(),
                        NetworkDefects.all(),
                        BetweenDefects.all(),
                        FurtherDefects.all(),
                        EdgeDefects.all(),
                        LaterDefects.all(),
                        RateDefects.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return operation + " " + name;
    }
}
