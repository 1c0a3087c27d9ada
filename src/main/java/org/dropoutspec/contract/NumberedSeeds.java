package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import org.dropoutspec.tensor.Tensor;

/**
 * Seeds below 2^16 for one call, some in each try, each compared with all before it: of n seeds that are hashed to b
 * bits some n^2 / 2^(b+1) pairs get the same hash, be they neighbours or not. The seeds are the same in every run, and
 * so is what they show of an implementation.
 */
final class NumberedSeeds {
    private static final int IN_A_TRY = 32;

    private static final int ALL = 1 << 16;

    private final List<Integer> seeds;
    /** The seed that first drew each mask, in all tries together. */
    private final Map<Tensor, Long> drawnBy;

    private NumberedSeeds(List<Integer> seeds, Map<Tensor, Long> drawnBy) {
        this.seeds = seeds;
        this.drawnBy = drawnBy;
    }

    /** The seeds of each try; none in the first tries, in which a pair of seeds that says more may be found. */
    static Arbitrary<NumberedSeeds> after(int tries) {
        Map<Tensor, Long> drawnBy = new HashMap<>();
        List<Integer> seeds = new ArrayList<>(IntStream.range(0, ALL).boxed().toList());
        Collections.shuffle(seeds, new Random(0));
        return InTurn.cycle(IntStream.range(-tries, ALL / IN_A_TRY)
                .mapToObj(k -> k < 0 ? List.<Integer>of() : seeds.subList(k * IN_A_TRY, (k + 1) * IN_A_TRY))
                .map(few -> Shrinkable.unshrinkable(new NumberedSeeds(few, drawnBy)))
                .toList());
    }

    /** Two seeds whose masks are the same, where there are any. */
    record Pair(long one, long other) {}

    /** Draws the masks of these seeds and compares each with all that were drawn before, also in earlier tries. */
    Optional<Pair> same(LongFunction<Tensor> mask) {
        return seeds.stream()
                .mapToLong(Integer::longValue)
                .mapToObj(seed -> new Pair(drawnBy.computeIfAbsent(mask.apply(seed), drawn -> seed), seed))
                .filter(pair -> pair.one != pair.other)
                .findFirst();
    }

    /** How many pairs of a mask of this try and one of an earlier try are compared. */
    int comparisons() {
        return seeds.size() * drawnBy.size();
    }

    @Override
    public String toString() {
        return "seeds " + seeds;
    }
}
