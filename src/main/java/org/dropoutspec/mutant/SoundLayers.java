package org.dropoutspec.mutant;

import java.util.stream.Stream;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.IntegerInput;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Layers;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Seeding;

/** A sound dropout of several layers with every capability between calls. A mutant overrides one step. */
class SoundLayers extends Layers {
    /** All these capabilities; a seed reaches only the instance that gets it. */
    static final Description EVERYTHING = everything(ReferenceImplementation.DESCRIPTION);

    SoundLayers(long seed) {
        this(EVERYTHING, seed);
    }

    SoundLayers(Description description, long seed) {
        super(description, Layers::plain, seed);
    }

    private static Description everything(Description plain) {
        return plain.with(plain.choices().with(IntegerInput.PROMOTE))
                .withCapabilities(Stream.concat(
                                plain.capabilities().stream(),
                                Stream.of(
                                        Capability.RETAIN,
                                        Capability.STATE,
                                        Capability.INSTANCES,
                                        Capability.INPUT_AFTER,
                                        Capability.IN_PLACE,
                                        Capability.RECOMPUTE))
                        .toArray(Capability[]::new))
                .with(Seeding.defaults().with(Seeding.Scope.INSTANCE).with(Seeding.Unseeded.FRESH));
    }
}
