package org.dropoutspec.mutant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Shape;

/** States that leave something out, layers that are not separate, and processes that are not as declared. */
final class StateMutants {
    private static final Description GLOBAL =
            SoundLayers.EVERYTHING.with(SoundLayers.EVERYTHING.seeding().with(Seeding.Scope.GLOBAL));
    private static final Description FIXED =
            SoundLayers.EVERYTHING.with(SoundLayers.EVERYTHING.seeding().with(Seeding.Unseeded.FIXED));

    private StateMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "state-without-the-call-counter",
                        "STATE-1",
                        "saves the seeds alone",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected void restore(String state) {
                                super.restore(state.replaceAll(":\\d+( |$)", ":0$1"));
                            }
                        }),
                new Mutant(
                        "state-without-the-half-used-block",
                        "STATE-1",
                        "draws words in blocks of four and saves which block is next, not what is left of this one",
                        seed -> new LossyState(seed, words -> words % 4 != 0)),
                new Mutant(
                        "state-restored-one-call-late",
                        "STATE-1",
                        "goes on with the block it has before it takes up the restored state",
                        LateRestore::new),
                new Mutant(
                        "state-restored-once",
                        "STATE-1",
                        "restores a state the first time, and does nothing when it is restored again",
                        RestoredOnce::new),
                new Mutant(
                        "state-left-in-the-process",
                        "STATE-2",
                        "saves the number of a copy that only the process has",
                        InTheProcess::new),
                new Mutant(
                        "state-saved-by-drawing",
                        "STATE-3",
                        "draws a fresh seed as the state, and goes on elsewhere",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected String state() {
                                layer(0).drawMask(Shape.of(1), 0.5);
                                return super.state();
                            }
                        }),
                new Mutant(
                        "state-anything-goes",
                        "STATE-4",
                        "takes what is no state for the state of a process that has just begun",
                        seed -> new SoundLayers(seed) {
                            @Override
                            protected void restore(String state) {
                                super.restore(state.startsWith("dropout") ? state : "dropout-reference/1 0");
                            }
                        }),
                new Mutant(
                        "state-without-the-second-instance",
                        "STATE-5",
                        "saves the state of instance 0",
                        SecondInstanceLeft::new),
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

    /** A sound one that declares seed_scope global. */
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

    private static final class LateRestore extends SoundLayers {
        private String waiting = "";

        LateRestore(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            OperationResult result = super.called(call);
            if (call.training() && !waiting.isEmpty()) {
                super.restore(waiting);
                layer(0).drawMask(Shape.of(1), 0.5);
                waiting = "";
            }
            return result;
        }

        @Override
        protected String state() {
            return waiting.isEmpty() ? super.state() : waiting;
        }

        @Override
        protected void restore(String state) {
            waiting = state;
        }
    }

    private static final class RestoredOnce extends SoundLayers {
        private final Set<String> used = new HashSet<>();

        RestoredOnce(long seed) {
            super(seed);
        }

        @Override
        protected void restore(String state) {
            if (used.add(state)) {
                super.restore(state);
            }
        }
    }

    private static final class InTheProcess extends SoundLayers {
        private final Map<String, String> copies = new HashMap<>();

        InTheProcess(long seed) {
            super(seed);
        }

        @Override
        protected String state() {
            String number = "copy " + copies.size();
            copies.put(number, super.state());
            return number;
        }

        @Override
        protected void restore(String state) {
            super.restore(copies.getOrDefault(state, "none"));
        }

        @Override
        public boolean restart() {
            copies.clear();
            return super.restart();
        }
    }

    private static final class SecondInstanceLeft extends SoundLayers {
        SecondInstanceLeft(long seed) {
            super(seed);
        }

        @Override
        protected void restore(String state) {
            Dropout.State second = layer(1).state();
            super.restore(state);
            layer(1).restore(second);
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
