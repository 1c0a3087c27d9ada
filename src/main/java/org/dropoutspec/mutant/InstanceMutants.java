package org.dropoutspec.mutant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.reference.Dropout;

/** Layers that are not separate, and processes that do not begin as declared. */
final class InstanceMutants {
    private static final Description GLOBAL =
            SoundLayers.EVERYTHING.with(SoundLayers.EVERYTHING.seeding().with(Seeding.Scope.GLOBAL));
    private static final Description FIXED =
            SoundLayers.EVERYTHING.with(SoundLayers.EVERYTHING.seeding().with(Seeding.Unseeded.FIXED));

    private InstanceMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "instances-in-lockstep",
                        "STATE-6",
                        "begins every instance alike",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected long first(int instance) {
                                return super.first(0);
                            }
                        }),
                new Mutant(
                        "instances-one-call-apart",
                        "STATE-6",
                        "begins instance n at the n-th draw of one stream",
                        OneCallApart::new),
                new Mutant(
                        "seed-of-one-instance-for-all",
                        "STATE-7",
                        "declares seed_scope instance, and begins all instances anew",
                        seed -> new AllSeeded(SoundLayers.EVERYTHING, seed)),
                new Mutant(
                        "twelve-streams-for-sixteen-instances",
                        "STATE-7",
                        "takes instance n modulo 12",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected OperationResult called(OperationCall call) {
                                return super.called(
                                        call.has("instance") ? call.with("instance", call.instance() % 12L) : call);
                            }
                        }),
                new Mutant(
                        "seed-of-all-instances-for-one",
                        "STATE-7",
                        "declares seed_scope global, and begins the named instance anew",
                        seed -> new SoundLayers(GLOBAL, seed)),
                new Mutant(
                        "unseeded-processes-alike",
                        "STATE-8",
                        "declares unseeded_stream fresh, and begins each process with the same seed",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected long begun(long before) {
                                return 0;
                            }
                        }),
                new Mutant(
                        "unseeded-processes-apart",
                        "STATE-8",
                        "declares unseeded_stream fixed, and begins each process elsewhere",
                        seed -> new SoundLayers(FIXED, seed)),
                new Mutant(
                        "later-instances-unscaled",
                        "STATE-9",
                        "does not scale what instances other than the first put out",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected OperationResult called(OperationCall call) {
                                OperationResult result = super.called(call);
                                return call.has("instance") && call.training()
                                        ? result.with("output", BufferMutants.unscaled(call, result))
                                        : result;
                            }
                        }));
    }

    /** A sound implementation that declares seed_scope global. */
    static SoundLayers global(long seed) {
        return new AllSeeded(GLOBAL, seed);
    }

    private static final class AllSeeded extends SoundLayers {
        AllSeeded(Description description, long seed) {
            super(description, seed);
        }

        @Override
        protected void seed(int instance, long seed) {
            for (int other = 0; other < 16; other++) {
                super.seed(other, other == instance ? seed : seed + ((long) (1 + other) << 54));
            }
        }
    }

    private static final class OneCallApart extends SoundLayers {
        private final Set<Integer> named = new HashSet<>();

        OneCallApart(long seed) {
            super(seed);
        }

        @Override
        protected long first(int instance) {
            return super.first(0);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            int instance = call.instance();
            if (named.add(instance)) {
                Dropout.State state = layer(instance).state();
                layer(instance).restore(new Dropout.State(state.seed(), state.draws() + instance));
            }
            return super.called(call);
        }
    }
}
