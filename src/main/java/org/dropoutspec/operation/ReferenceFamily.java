package org.dropoutspec.operation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.IntegerInput;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Layers;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.reference.Dropout;

/** The reference of all operations as a single implementation under test, with one stream of masks for all of them. */
public class ReferenceFamily extends Layers {

    private static final Set<Capability> BETWEEN =
            EnumSet.of(Capability.RETAIN, Capability.RECOMPUTE, Capability.INPUT_AFTER, Capability.IN_PLACE);

    /** @param seed the start of the stream of unseeded calls */
    public ReferenceFamily(long seed) {
        this(seed, Operations.all());
    }

    /** The reference of some operations. */
    public ReferenceFamily(long seed, List<Operation> operations) {
        super(described(operations), (call, layer) -> answer(operations, call, layer), seed);
    }

    /** The description of every reference of these operations. */
    public static Description described(List<Operation> operations) {
        Description plain = ReferenceImplementation.DESCRIPTION;
        Description all = plain.with(plain.choices().with(IntegerInput.PROMOTE))
                .withCapabilities(between(plain.declaration(PlainDropout.NAME), BETWEEN)
                        .capabilities()
                        .toArray(Capability[]::new))
                .with(Seeding.defaults().with(Seeding.Scope.INSTANCE).with(Seeding.Unseeded.FRESH));
        for (Operation operation : operations) {
            Set<Capability> shown = EnumSet.noneOf(Capability.class);
            operation.sites().forEach(site -> shown.addAll(site.capabilities()));
            all = all.declaring(operation.name(), between(operation.reference(), shown));
        }
        return all;
    }

    /** Adds the capabilities between calls that a mask site shows, and state and instances, which concern the whole. */
    private static Declaration between(Declaration declared, Set<Capability> shown) {
        Set<Capability> all = EnumSet.copyOf(BETWEEN);
        all.retainAll(shown);
        all.addAll(Set.of(Capability.STATE, Capability.INSTANCES));
        all.addAll(declared.capabilities());
        return declared.withCapabilities(all);
    }

    @Override
    public final Result dropout(Call call) {
        call.seed().ifPresent(seed -> seed(0, seed));
        return new ReferenceImplementation(layer(0)).dropout(call.withoutSeed());
    }

    private static OperationResult answer(List<Operation> operations, OperationCall call, Dropout layer) {
        if (call.operation().equals(PlainDropout.NAME)) {
            return plain(call, layer);
        }
        return operations.stream()
                .filter(operation -> operation.name().equals(call.operation()))
                .findFirst()
                .orElseThrow(() -> new UnsupportedCall("the reference has no " + call.operation()))
                .answer(call, layer);
    }
}
