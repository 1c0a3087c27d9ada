package org.dropoutspec.mutant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Shape;

/** States that leave something out, or that are restored wrongly. */
final class StateMutants {
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
                        SecondInstanceLeft::new));
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
}
