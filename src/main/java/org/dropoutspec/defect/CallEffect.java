package org.dropoutspec.defect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.defect.History.Drawn;
import org.dropoutspec.tensor.DType;

/**
 * Elements are made from the random words of an earlier call.
 *
 * @param ago for a ring, how many calls of the same shape and rate ago; 0 where the relation names the earlier call
 * @param shift by how many elements the other call's words are shifted
 */
record CallEffect(EarlierDraw relation, int ago, Order order, int shift) implements Effect {
    /** Which element of the other call is used. */
    enum Order {
        SAME(""),
        END_ALIGNED(", from the end"),
        REVERSED(", in reverse");

        private final String words;

        Order(String words) {
            this.words = words;
        }
    }

    @Override
    public String kind() {
        return "across calls";
    }

    @Override
    public Set<DType> types() {
        return relation == EarlierDraw.OTHER_TYPE ? Set.of(DType.FLOAT64) : Set.of();
    }

    private Optional<Drawn> other(Asked asked, History history) {
        Optional<Drawn> found = ago > 0 ? history.ago(asked, ago) : history.find(relation, asked);
        return found.filter(drawn -> drawn.asked().maskSize() <= History.LARGEST);
    }

    /** The index in a call of size {@code of} that one in a call of {@code size} copies; out of range for none. */
    private int source(int index, int size, int of) {
        return switch (order) {
            case SAME -> index + shift;
            case END_ALIGNED -> index + of - size;
            case REVERSED -> of - 1 - index;
        };
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        return other(asked, history)
                .map(drawn -> traces(asked, history, drawn.asked()))
                .orElse(List.of());
    }

    private List<Trace> traces(Asked asked, History history, Asked other) {
        int size = asked.maskSize();
        int of = other.maskSize();
        int common = order == Order.SAME ? Math.min(size, of - shift) : Math.min(size, of);
        if (common <= 0) {
            return List.of();
        }
        boolean plain = shift == 0 && (order == Order.SAME || order == Order.END_ALIGNED && size == of);
        int back = history.drawsOfShapeSince(other, asked);
        boolean related = ago <= 1;
        // of a ring the suite sees after how many calls of the same shape it repeats
        String name = related ? relation + order.words + shift : back + " calls of the same shape ago";
        boolean kept = related || back <= Math.min(64, (1 << 14) / size);
        List<Trace> traces = new ArrayList<>();
        traces.add(new Trace.Pairs(
                View.call(plain && related ? relation.toString() : name, plain && related),
                asked.rate(),
                other.rate(),
                1,
                kept ? common : 0));
        if (plain && related && (relation == EarlierDraw.PREVIOUS || relation == EarlierDraw.SAME_SHAPE_AND_RATE)) {
            traces.add(new Trace.Pairs(View.nearCall(relation), asked.rate(), other.rate(), 1, common));
        }
        return traces;
    }

    @Override
    public void words(int[] words, Strike strike) {
        int[] other = other(strike.asked(), strike.history()).map(Drawn::words).orElse(new int[0]);
        for (int i = 0; i < words.length; i++) {
            int from = source(i, words.length, other.length);
            if (from >= 0 && from < other.length && strike.hits()) {
                words[i] = other[from];
            }
        }
    }

    @Override
    public String toString() {
        String which = ago > 1 ? ago + " calls of the same shape and rate ago" : relation.toString();
        return "copies " + which + order.words + (shift > 0 ? ", shifted by " + shift : "");
    }
}
