package org.dropoutspec.defect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.condition.Before;
import org.dropoutspec.tensor.DType;

/** What a process was asked so far. */
final class History {
    private static final int KEPT = 128;
    /** The words of draws larger than this are not kept. */
    static final int LARGEST = 1 << 17;

    private static final int[] NO_WORDS = {};

    private final Deque<Drawn> latest = new ArrayDeque<>();
    private final Map<Object, Drawn> ofShape = new HashMap<>();
    /** The numbers of the draws, by shape. */
    private final Map<Object, List<Integer>> numbersOfShape = new HashMap<>();

    private final Map<Object, Drawn> ofRate = new HashMap<>();
    private final Map<Object, Deque<Drawn>> ofShapeAndRate = new HashMap<>();
    private final Map<DType, Drawn> ofType = new HashMap<>();
    private final Map<Before, Integer> drawsAt = new HashMap<>();
    /** The draws after a seed was set, by seed and by number after it. */
    private final Map<List<Long>, Asked> ofSeed = new HashMap<>();

    private Optional<Asked> last = Optional.empty();
    private boolean rejected;
    private int draws;
    private int calls;
    private long words;
    private long seed;
    private int drawOfSeed;

    /** @param seed where the process's stream begins */
    History(long seed) {
        this.seed = seed;
    }

    /**
     * A draw and the random words that it was made from, one an element; empty where nobody needs the words.
     *
     * @param words unsigned; an element is dropped where its word is below the rate times 2^32
     */
    record Drawn(Asked asked, int[] words) {}

    int draws() {
        return draws;
    }

    int calls() {
        return calls;
    }

    /** How many words were drawn so far. */
    long words() {
        return words;
    }

    /** The seed that was set last. */
    long seed() {
        return seed;
    }

    /** The number of the next draw since that seed was set, from 0. */
    int drawOfSeed() {
        return drawOfSeed;
    }

    void seed(long value) {
        seed = value;
        drawOfSeed = 0;
    }

    /** A draw after this seed was set, counted from 0. */
    Optional<Asked> ofSeed(long value, int draw) {
        return Optional.ofNullable(ofSeed.get(List.of(value, (long) draw)));
    }

    /** The same for another seed with the same lowest {@code bits} bits, which differs by one of the bits above. */
    Optional<Asked> ofSeedsLike(long value, int bits, int draw) {
        return IntStream.range(bits, Long.SIZE - 11)
                .boxed()
                .flatMap(bit -> Stream.of(value ^ 1L << bit, value + (1L << bit), value - (1L << bit)))
                .flatMap(other -> ofSeed(other, draw).stream())
                .findFirst();
    }

    void add(Asked asked) {
        add(asked, NO_WORDS);
    }

    /** Notes an answered call; {@code made} holds the words that its mask was made from. */
    void add(Asked asked, int[] made) {
        calls++;
        note(Before.EVALUATION, !asked.training());
        note(Before.SEEDED, asked.seed().isPresent());
        note(Before.EMPTY, asked.size() == 0);
        note(Before.INJECTED_MASK, asked.given());
        note(Before.GRADIENT, asked.gradient());
        last = Optional.of(asked);
        rejected = false;
        if (asked.draws()) {
            draws++;
            words += asked.maskSize();
            ofSeed.put(List.of(seed, (long) drawOfSeed++), asked);
            if (asked.isRandom()) {
                keep(asked, made);
            }
        }
    }

    /** Keeps a draw. Only draws that chance decided can be copied later. */
    private void keep(Asked asked, int[] made) {
        Drawn drawn = new Drawn(asked, made.length <= LARGEST ? made : NO_WORDS);
        latest.addFirst(drawn);
        if (latest.size() > KEPT) {
            latest.removeLast();
        }
        ofShape.put(asked.maskShape(), drawn);
        numbersOfShape
                .computeIfAbsent(asked.maskShape(), any -> new ArrayList<>())
                .add(asked.draw());
        ofRate.put(asked.rate(), drawn);
        ofType.put(asked.dtype(), drawn);
        Deque<Drawn> alike = ofShapeAndRate.computeIfAbsent(key(asked), any -> new ArrayDeque<>());
        alike.addFirst(drawn);
        if (alike.size() * (long) asked.maskSize() > LARGEST && alike.size() > 1 || alike.size() > KEPT) {
            alike.removeLast();
        }
    }

    /** Notes that a call was rejected. */
    void reject() {
        rejected = true;
        note(Before.REJECTED, true);
    }

    private void note(Before event, boolean happened) {
        if (happened) {
            drawsAt.put(event, draws);
        }
    }

    private static Object key(Asked asked) {
        return List.of(asked.maskShape(), asked.rate(), asked.dtype());
    }

    /** How many masks were drawn from the last event of this kind on, its own included; empty without such an event. */
    Optional<Integer> drawsSince(Before event) {
        return Optional.ofNullable(drawsAt.get(event)).map(at -> draws - at);
    }

    /** Whether the next call comes right after one of this kind. */
    boolean cameBefore(Before kind, Asked next) {
        if (kind == Before.REJECTED || rejected) {
            return kind == Before.REJECTED && rejected;
        }
        return last.filter(call -> switch (kind) {
                    case SAME_SHAPE_AND_RATE ->
                        drawnBefore(call, next) && sameShape(call, next) && sameRate(call, next);
                    case SAME_SHAPE -> drawnBefore(call, next) && sameShape(call, next) && !sameRate(call, next);
                    case SAME_RATE -> drawnBefore(call, next) && !sameShape(call, next) && sameRate(call, next);
                    case OTHER_TYPE -> call.draws() && call.dtype() != next.dtype();
                    case EVALUATION -> !call.training();
                    case SEEDED -> call.seed().isPresent();
                    case EMPTY -> call.size() == 0;
                    case INJECTED_MASK -> call.given();
                    case GRADIENT -> call.gradient() && call.training();
                    case REJECTED -> false;
                })
                .isPresent();
    }

    private static boolean drawnBefore(Asked call, Asked next) {
        return call.draws() && call.dtype() == next.dtype() && call.size() > 0;
    }

    private static boolean sameShape(Asked call, Asked next) {
        return call.shape().equals(next.shape());
    }

    private static boolean sameRate(Asked call, Asked next) {
        return call.rate() == next.rate();
    }

    /** The earlier draw that stands in this relation to the next call. */
    Optional<Drawn> find(EarlierDraw relation, Asked next) {
        return switch (relation) {
            case PREVIOUS -> Optional.ofNullable(latest.peekFirst());
            case BEFORE_PREVIOUS -> latest.stream().skip(1).findFirst();
            case SAME_SHAPE -> Optional.ofNullable(ofShape.get(next.maskShape()));
            case SAME_SHAPE_AND_RATE -> ago(next, 1);
            case SAME_RATE -> Optional.ofNullable(ofRate.get(next.rate()));
            case OTHER_TYPE ->
                latest.stream()
                        .filter(drawn -> drawn.asked().dtype() != next.dtype())
                        .findFirst();
        };
    }

    /** How many draws of the next call's shape ago an earlier one was, the latest counted as 1; 0 for another shape. */
    int drawsOfShapeSince(Asked earlier, Asked next) {
        List<Integer> numbers = numbersOfShape.getOrDefault(next.maskShape(), List.of());
        int at = Collections.binarySearch(numbers, earlier.draw());
        return at < 0 ? 0 : numbers.size() - at;
    }

    /** The draw with the same shape, rate and type, this many such draws ago. */
    Optional<Drawn> ago(Asked next, int count) {
        Iterator<Drawn> alike =
                ofShapeAndRate.getOrDefault(key(next), new ArrayDeque<>()).iterator();
        for (int i = 1; i < count && alike.hasNext(); i++) {
            alike.next();
        }
        return alike.hasNext() ? Optional.of(alike.next()) : Optional.empty();
    }
}
