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
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import org.dropoutspec.tensor.Tensor;

/**
 * Seeds in one call, some in each try, each held against all before it. First those next to powers of two, which come to
 * the same as small ones where a seed is folded: to a magnitude, to the sum or the exclusive or of its halves, to a
 * remainder. Then seeds below 2^16: of n that are hashed to b bits some n^2 / 2^(b+1) pairs come to the same, be they
 * neighbours or not. They are the same in every run, so that what is found of an implementation is too.
 */
final class NumberedSeeds {
    private static final int IN_A_TRY = 32;

    private static final int LOW = 1 << 16;

    /** So near to 0 and to the powers: a modulus is a prime close to one as often as not. */
    private static final int NEAR = 16;

    private final List<Long> seeds;
    /** The seed that first drew a mask, shared by all tries. */
    private final Map<Tensor, Long> drawnBy;

    private NumberedSeeds(List<Long> seeds, Map<Tensor, Long> drawnBy) {
        this.seeds = seeds;
        this.drawnBy = drawnBy;
    }

    /** None in the first tries, in which a pair that says more may be found. */
    static Arbitrary<NumberedSeeds> after(int tries, long limit) {
        Map<Tensor, Long> drawnBy = new HashMap<>();
        List<Long> low = new ArrayList<>(LongStream.range(0, LOW).boxed().toList());
        Collections.shuffle(low, new Random(0));
        List<Long> seeds =
                Stream.concat(nextToPowers(limit).boxed(), low.stream()).toList();
        return InTurn.cycle(IntStream.range(-tries, seeds.size() / IN_A_TRY)
                .mapToObj(k -> k < 0 ? List.<Long>of() : seeds.subList(k * IN_A_TRY, (k + 1) * IN_A_TRY))
                .map(few -> Shrinkable.unshrinkable(new NumberedSeeds(few, drawnBy)))
                .toList());
    }

    private static LongStream nextToPowers(long limit) {
        return LongStream.concat(
                        LongStream.range(0, NEAR),
                        IntStream.of(16, 24, 31, 32, 48)
                                .mapToLong(bits -> 1L << bits)
                                .flatMap(power -> LongStream.range(power - NEAR, power + NEAR)))
                .filter(seed -> seed < limit);
    }

    /** Two seeds whose masks are the same though their low 16 bits are not. */
    record Pair(long one, long other) {}

    /** Draws the masks of these seeds, each of which is compared with all that were drawn in tries before. */
    Optional<Pair> same(LongFunction<Tensor> mask) {
        return seeds.stream()
                .map(seed -> new Pair(drawnBy.computeIfAbsent(mask.apply(seed), drawn -> seed), seed))
                .filter(pair -> (pair.one - pair.other) % LOW != 0)
                .findFirst();
    }

    /** With how many masks those of this try are compared. */
    int comparisons() {
        return seeds.size() * drawnBy.size();
    }

    @Override
    public String toString() {
        return "seeds " + seeds;
    }
}
