package org.dropoutspec.statistics;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/** The calls of one process up to now, to be found by what they have in common with the next; memory is bounded. */
final class Past {
    /** How many of the latest calls are kept, whatever they were. */
    static final int RECENT = 64;
    /** How many elements of one shape are kept beyond the last call, in calls. */
    private static final int OF_SHAPE = 1 << 14;

    private final Deque<Earlier> recent = new ArrayDeque<>();
    private final Map<Shape, Deque<Earlier>> ofShape = new Bounded<>();
    private final Map<Shape, Earlier> firstOfShape = new Bounded<>();
    private final Map<ShapeAndRate, Earlier> ofShapeAndRate = new Bounded<>();
    private final Map<Integer, Earlier> ofRate = new Bounded<>();
    private final Map<Integer, Earlier> ofSize = new Bounded<>();
    private final Map<DType, Earlier> ofType = new EnumMap<>(DType.class);
    private Earlier beforePrevious;
    private Earlier seeded;
    private long calls;

    private record ShapeAndRate(Shape shape, int rate) {
        static ShapeAndRate of(Draw draw) {
            return new ShapeAndRate(draw.shape(), Known.key(draw.rate()));
        }
    }

    /** Forgets what was asked for longest ago. */
    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;
        private static final int SIZE = 2048;

        Bounded() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > SIZE;
        }
    }

    Past copy() {
        Past copy = new Past();
        copy.recent.addAll(recent);
        ofShape.forEach((shape, ring) -> copy.ofShape.put(shape, new ArrayDeque<>(ring)));
        copy.firstOfShape.putAll(firstOfShape);
        copy.ofShapeAndRate.putAll(ofShapeAndRate);
        copy.ofRate.putAll(ofRate);
        copy.ofSize.putAll(ofSize);
        copy.ofType.putAll(ofType);
        copy.beforePrevious = beforePrevious;
        copy.seeded = seeded;
        copy.calls = calls;
        return copy;
    }

    /** Adds a call of at least one element. */
    void add(Draw draw) {
        Earlier call = new Earlier(calls++, draw);
        beforePrevious = recent.peekFirst();
        push(recent, call, RECENT);
        int depth = Math.max(1, Math.min(RECENT, OF_SHAPE / Math.max(1, call.size())));
        push(ofShape.computeIfAbsent(draw.shape(), shape -> new ArrayDeque<>()), call, depth);
        firstOfShape.putIfAbsent(draw.shape(), call);
        ofShapeAndRate.put(ShapeAndRate.of(draw), call);
        ofRate.put(Known.key(draw.rate()), call);
        ofSize.put(call.size(), call);
        ofType.put(draw.stratum().dtype(), call);
        if (draw.seeded()) {
            seeded = call;
        }
    }

    private static void push(Deque<Earlier> calls, Earlier call, int most) {
        calls.addFirst(call);
        if (calls.size() > most) {
            calls.removeLast();
        }
    }

    /** The latest, the last one first. */
    Iterable<Earlier> recent() {
        return recent;
    }

    /** Those of a shape, the last one first. */
    Iterable<Earlier> ofShape(Shape shape) {
        return calls(shape);
    }

    private Deque<Earlier> calls(Shape shape) {
        return ofShape.getOrDefault(shape, new ArrayDeque<>(0));
    }

    /** The call that stands in this relation to the next; null where there is none. */
    Earlier find(Place.Related relation, Draw next) {
        return switch (relation) {
            case PREVIOUS -> recent.peekFirst();
            case BEFORE_PREVIOUS -> beforePrevious;
            case SAME_SHAPE_AND_RATE -> ofShapeAndRate.get(ShapeAndRate.of(next));
            case SAME_SHAPE -> calls(next.shape()).peekFirst();
            case SAME_RATE -> ofRate.get(Known.key(next.rate()));
            case SAME_SIZE -> ofSize.get(next.mask().size());
            case SAME_TYPE -> ofType.get(next.stratum().dtype());
            case OTHER_TYPE ->
                ofType.values().stream()
                        .filter(call -> call.stratum().dtype() != next.stratum().dtype())
                        .max(Comparator.comparingLong(Earlier::number))
                        .orElse(null);
            case FIRST_OF_SHAPE -> firstOfShape.get(next.shape());
            case SEEDED -> seeded;
        };
    }
}
