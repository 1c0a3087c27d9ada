package org.dropoutspec.statistics;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** The calls of one process up to now, found by what they have in common with the next one. Memory is bounded. */
final class Past {
    /** How many of the latest calls are kept, whatever they were. */
    static final int RECENT = 64;
    /** How many elements of one shape are kept, in whole calls; the last call is kept in any case. */
    private static final int OF_SHAPE = 1 << 14;

    private static final Recent NONE = new Recent(1);

    private final Design design;
    private final Recent recent;
    private final Map<Shape, Recent> ofShape = new Bounded<>();
    private final Map<Shape, Earlier> firstOfShape = new Bounded<>();
    private final Map<ShapeAndRate, Earlier> ofShapeAndRate = new Bounded<>();
    private final Map<Integer, Earlier> ofRate = new Bounded<>();
    private final Map<Integer, Earlier> ofSize = new Bounded<>();
    private final Map<DType, Earlier> ofType = new EnumMap<>(DType.class);
    private @Nullable Earlier seeded;
    private long calls;

    /** A past without calls. */
    Past fresh() {
        return new Past(design);
    }

    private record ShapeAndRate(Shape shape, int rate) {
        static ShapeAndRate of(Draw draw) {
            return new ShapeAndRate(draw.shape(), Known.key(draw.rate()));
        }
    }

    /** A map that forgets the entry that was asked for longest ago. */
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

    Past(Design design) {
        this(design, new Recent(RECENT));
    }

    private Past(Design design, Recent recent) {
        this.design = design;
        this.recent = recent;
    }

    Past copy() {
        Past copy = new Past(design, recent.copy());
        ofShape.forEach((shape, calls) -> copy.ofShape.put(shape, calls.copy()));
        copy.firstOfShape.putAll(firstOfShape);
        copy.ofShapeAndRate.putAll(ofShapeAndRate);
        copy.ofRate.putAll(ofRate);
        copy.ofSize.putAll(ofSize);
        copy.ofType.putAll(ofType);
        copy.seeded = seeded;
        copy.calls = calls;
        return copy;
    }

    /** Adds a call of at least one element. */
    void add(Draw draw) {
        Earlier call = new Earlier(calls++, design.indexOf(draw.stratum()), draw);
        recent.push(call);
        ofShape.computeIfAbsent(draw.shape(), Past::calls).push(call);
        firstOfShape.putIfAbsent(draw.shape(), call);
        ofShapeAndRate.put(ShapeAndRate.of(draw), call);
        ofRate.put(Known.key(draw.rate()), call);
        ofSize.put(call.size(), call);
        ofType.put(draw.stratum().dtype(), call);
        if (draw.seeded()) {
            seeded = call;
        }
    }

    private static Recent calls(Shape shape) {
        return new Recent(Math.max(1, Math.min(RECENT, OF_SHAPE / shape.size())));
    }

    /** The latest calls, whatever they were. */
    Recent recent() {
        return recent;
    }

    /** The latest calls of a shape. */
    Recent ofShape(Shape shape) {
        return ofShape.getOrDefault(shape, NONE);
    }

    /** The call in this relation to the next one; null where there is none. */
    @Nullable
    Earlier find(Place.Related relation, Draw next) {
        return switch (relation) {
            case PREVIOUS -> recent.get(1);
            case BEFORE_PREVIOUS -> recent.get(2);
            case SAME_SHAPE_AND_RATE -> ofShapeAndRate.get(ShapeAndRate.of(next));
            case SAME_SHAPE -> ofShape(next.shape()).get(1);
            case SAME_RATE -> ofRate.get(Known.key(next.rate()));
            case SAME_SIZE -> ofSize.get(next.mask().size());
            case SAME_TYPE -> ofType.get(next.stratum().dtype());
            case OTHER_TYPE -> ofOtherType(next.stratum().dtype());
            case FIRST_OF_SHAPE -> firstOfShape.get(next.shape());
            case SEEDED -> seeded;
        };
    }

    private @Nullable Earlier ofOtherType(DType dtype) {
        Earlier last = null;
        for (Earlier call : ofType.values()) {
            if (call.dtype() != dtype && (last == null || call.number() > last.number())) {
                last = call;
            }
        }
        return last;
    }
}
