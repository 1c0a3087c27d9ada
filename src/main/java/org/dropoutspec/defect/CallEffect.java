package org.dropoutspec.defect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.defect.History.Drawn;
import org.dropoutspec.tensor.DType;

/**
 * Elements are made of the random words of an earlier call.
 *
 * @param ago of a ring: how many calls of the same shape and rate ago, and 0 where the relation says which
 * @param shift by how many elements
 */
record CallEffect(Relation relation, int ago, Order order, int shift) implements Effect {
    /** Which element of the other call. */
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
        return relation == Relation.OTHER_TYPE ? Set.of(DType.FLOAT64) : Set.of();
    }

    private Optional<Drawn> other(Asked asked, History history) {
        Optional<Drawn> found = ago > 0 ? history.ago(asked, ago) : history.find(relation, asked);
        return found.filter(drawn -> drawn.asked().rate() > 0 && drawn.asked().rate() < 1);
    }

    /** The element of a call of {@code of} that an element of a call of {@code size} is made of; out of range for none. */
    private int source(int index, int size, int of) {
        return switch (order) {
            case SAME -> index + shift;
            case END_ALIGNED -> index + of - size;
            case REVERSED -> of - 1 - index;
        };
    }

    /** Empty where it is the plain comparison of element with element. */
    private String how() {
        return ago <= 1 && order == Order.SAME && shift == 0 ? "" : ago + order.words + shift;
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        int size = asked.maskSize();
        return other(asked, history)
                .map(drawn -> {
                    int of = drawn.asked().maskSize();
                    int common = order == Order.SAME ? Math.min(size, of - shift) : Math.min(size, of);
                    return List.<Trace>of(new Trace.Pairs(
                            View.call(relation, how()),
                            asked.rate(),
                            drawn.asked().rate(),
                            1,
                            Math.max(0, common)));
                })
                .orElse(List.of());
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
