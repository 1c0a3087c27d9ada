package org.dropoutspec.defect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Level;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;

/**
 * What a run asks of a sound implementation: the plan, as it is carried out. It tells how much of a defect the run gets
 * to see.
 */
public final class Exposure {
    private static final long START = 1;

    private final int strength;
    private final long horizon;
    private final ToLongBiFunction<DType, Double> far;
    private final List<Event> events;

    /** An event in a process: it answered a call, rejected one, or started. */
    private sealed interface Event {
        record Answered(Asked asked, List<Level> levels) implements Event {}

        record Rejected() implements Event {}

        record Started() implements Event {}
    }

    private Exposure(int strength, long horizon, ToLongBiFunction<DType, Double> far, List<Event> events) {
        this.strength = strength;
        this.horizon = horizon;
        this.far = far;
        this.events = events;
    }

    /** What the run gets to see of such a defect. */
    Prospect of(Where where, Effect effect) {
        Prospect prospect = new Prospect(where.levels(), strength);
        History history = new History(START);
        Compared compared = new Compared(far);
        long calls = 0;
        for (Event event : events) {
            calls += event instanceof Event.Started ? 0 : 1;
            if (event instanceof Event.Answered answered) {
                Asked asked = answered.asked();
                if (asked.training()) {
                    asked.seed().ifPresent(history::seed);
                }
                boolean isCompared = compared.takes(asked);
                if (effect.concerns(asked)) {
                    boolean struck = where.holds(asked, history);
                    List<Trace> traces = new ArrayList<>(effect.traces(asked, history));
                    if (calls > horizon) {
                        traces.removeIf(Trace::isOfTheStream);
                    }
                    if (!isCompared) {
                        traces.removeIf(Trace::isFar);
                    }
                    prospect.add(traces, struck, answered.levels());
                }
                history.add(asked);
            } else if (event instanceof Event.Rejected) {
                history.reject();
            } else {
                history = new History(START);
            }
        }
        return prospect;
    }

    /** The masks whose far elements are compared: the first of each type and rate, up to a number of elements. */
    private record Compared(ToLongBiFunction<DType, Double> most, Map<List<Object>, Long> taken) {
        Compared(ToLongBiFunction<DType, Double> most) {
            this(most, new HashMap<>());
        }

        boolean takes(Asked asked) {
            if (!asked.isRandom()) {
                return false;
            }
            List<Object> stratum = List.of(asked.dtype(), asked.rate());
            long with = taken.getOrDefault(stratum, 0L) + asked.maskSize();
            boolean fits = with <= most.applyAsLong(asked.dtype(), asked.rate());
            if (fits) {
                taken.put(stratum, with);
            }
            return fits;
        }
    }

    /** A sound implementation that records what it is asked. */
    public static final class Recorder implements Implementation {
        private static final Defect NOTHING = new Defect(new Where.Nowhere(), new ReportEffect(), 1);

        private final Implementation sound;
        private final List<Event> events = new ArrayList<>();
        private History history = new History(START);

        /** @param seed where the recorder's stream begins */
        public Recorder(Description description, long seed) {
            this.sound = NOTHING.implementation(description, seed);
        }

        @Override
        public Description description() {
            return sound.description();
        }

        @Override
        public Result dropout(Call call) {
            try {
                Result result = sound.dropout(call);
                Asked asked = Asked.of(call, history);
                if (call.training()) {
                    call.seed().ifPresent(history::seed);
                }
                history.add(asked);
                events.add(new Event.Answered(asked, List.of()));
                return result;
            } catch (RejectedCall rejection) {
                history.reject();
                events.add(new Event.Rejected());
                throw rejection;
            }
        }

        @Override
        public boolean restart() {
            history = new History(START);
            events.add(new Event.Started());
            return sound.restart();
        }

        /**
         * The exposure that was recorded.
         *
         * @param rows the conditions under which the run asked
         * @param strength how many levels are combined: 2 for pairs, 3 for triples
         * @param horizon the number of calls after which the masks of the stream are no longer looked at
         * @param far how many elements of a type at a rate are compared with elements far before them
         */
        public Exposure exposure(
                List<Condition> rows, int strength, long horizon, ToLongBiFunction<DType, Double> far) {
            Map<Object, Condition> known = new HashMap<>();
            rows.forEach(row -> known.put(key(row), row));
            List<Event> all = new ArrayList<>();
            for (Event event : events) {
                Condition row = event instanceof Event.Answered answered ? known.get(key(answered.asked())) : null;
                all.add(
                        row != null && event instanceof Event.Answered answered
                                ? new Event.Answered(answered.asked(), levels(row))
                                : event);
            }
            return new Exposure(strength, horizon, far, all);
        }

        private static List<Level> levels(Condition row) {
            List<Level> levels = new ArrayList<>();
            for (Factor factor : Factor.values()) {
                levels.add(row.level(factor));
            }
            return levels;
        }

        private static Object key(Condition row) {
            return List.of(
                    row.dtype(),
                    row.rate(),
                    row.shape(),
                    row.noiseShape().orElse(row.shape()),
                    row.permutation().isPresent(),
                    row.gradient());
        }

        private static Object key(Asked asked) {
            return List.of(
                    asked.dtype(), asked.rate(), asked.shape(), asked.maskShape(), asked.strided(), asked.gradient());
        }
    }
}
