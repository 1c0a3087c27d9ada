package org.dropoutspec.defect;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The number of drops in a call has the wrong distribution. */
record SpreadEffect(Overdispersion spread) implements Effect {
    @Override
    public String kind() {
        return "number of drops";
    }

    @Override
    public List<Trace> traces(Asked asked, History history) {
        return List.of(new Trace.Calls(spread, true, asked.rate(), asked.maskSize(), 1));
    }

    @Override
    public double rate(Strike strike) {
        double rate = strike.asked().rate();
        if (spread == Overdispersion.FIXED) {
            return rate;
        }
        double moved = strike.strength() * Overdispersion.reach(rate);
        return strike.random().nextBoolean() ? rate + moved : rate - moved;
    }

    /** Drops the elements with the smallest words, as many as the fixed number says. */
    @Override
    public void words(int[] words, Strike strike) {
        if (spread != Overdispersion.FIXED || !strike.hits()) {
            return;
        }
        int drops =
                (int) (words.length * strike.asked().rate() + strike.random().nextDouble());
        Integer[] order = IntStream.range(0, words.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> Integer.compareUnsigned(words[a], words[b]));
        for (int rank = 0; rank < order.length; rank++) {
            words[order[rank]] = rank < drops ? 0 : -1;
        }
    }

    @Override
    public String toString() {
        return "drops " + spread;
    }
}
