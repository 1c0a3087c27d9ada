package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Predecessor;
import org.dropoutspec.condition.Scope;
import org.dropoutspec.condition.SeedKind;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;

/**
 * Calls under a condition whose masks are drawn a second time from the same seed.
 *
 * @param seed of the first call
 */
record Replay(Condition condition, long seed, Scope scope) {
    /** Masks of fewer elements may be equal by chance, which would hide that a small call shows a failure too. */
    private static final int SHOWING = 64;
    /** If the call in question has more elements than this, the calls around it are plain ones. */
    private static final int LARGE = 1 << 14;

    private static final int SEEDS_WHILE_SHRINKING = 4;

    /** First plain calls with the seeds that are often taken for none or for one another; then the rows. */
    static List<Replay> of(List<Condition> rows, Description description, SplittableRandom random) {
        Scope scope = Scope.of(description);
        List<Replay> replays = new ArrayList<>();
        LongStream.concat(LongStream.of(smallestAndLargest(description)), wrapping(description))
                .mapToObj(seed -> plain(seed, description))
                .forEach(replays::add);
        for (Condition row : rows) {
            SeedKind kind = row.seed() == SeedKind.LARGE ? SeedKind.LARGE : SeedKind.SMALL;
            replays.add(new Replay(row, kind.draw(description.seeding().bits(), random), scope));
        }
        return replays;
    }

    static long[] smallestAndLargest(Description description) {
        return new long[] {0, 1, description.seeding().limit() - 1};
    }

    /** The largest seed that signed 32 bits hold, and those that they hold as the least number, as -1, and as 0. */
    private static LongStream wrapping(Description description) {
        return LongStream.of((1L << 31) - 1, 1L << 31, (1L << 32) - 1, 1L << 32)
                .filter(seed -> seed < description.seeding().limit() - 1);
    }

    /** A plain call, the mask of which shows any difference. */
    static Replay plain(long seed, Description description) {
        return new Replay(
                Condition.plain(CallArbitraries.floating(description).get(0), 0.5, Conditions.WIDE),
                seed,
                Scope.of(description));
    }

    Replay with(Condition other) {
        return new Replay(other, seed, scope);
    }

    /** This replay, or while a violation is being shrunk and few elements may hide it, the same from a few seeds. */
    List<Replay> tries(boolean shrinking) {
        boolean hiding = shrinking && condition.maskSize() < SHOWING;
        return LongStream.range(0, hiding ? SEEDS_WHILE_SHRINKING : 1)
                .mapToObj(number -> new Replay(condition, seed ^ number, scope))
                .toList();
    }

    /** The call, with its seed. */
    Call seeded() {
        return call().withSeed(seed);
    }

    /** The call without a seed, which draws from the stream. */
    Call call() {
        return CallForm.of(condition, Fill.COUNTING, 0);
    }

    /** A plain call whose mask shows any difference, with the seed. */
    Call start() {
        return probe().withSeed(seed);
    }

    private Call probe() {
        return CallForm.of(Condition.plain(condition.dtype(), 0.5, Conditions.WIDE), Fill.COUNTING, 0);
    }

    /** A call without a seed whose mask shows any difference: {@link #call} if that does and is not large, else plain. */
    Call next() {
        boolean showing = condition.maskSize() >= SHOWING && condition.rate() >= 0.05 && condition.rate() <= 0.95;
        return showing && !isLarge() ? call() : probe();
    }

    /** The call in evaluation. */
    Call evaluation() {
        return CallForm.evaluated(call());
    }

    /** The call with a mask given that keeps every other element. */
    Call masked() {
        return call().withMask(CallForm.everyOther(call().maskShape()));
    }

    /** The training calls of a stream, in which the call of the condition follows the one that it wants before it. */
    List<Call> stream() {
        if (isLarge()) {
            return List.of(start(), call(), probe());
        }
        Call before = before();
        boolean draws = before.training()
                && before.rate() >= 0
                && before.rate() <= (before.mask().isEmpty() ? 1 : 0.99);
        return draws ? List.of(seeded(), before.withoutSeed(), call()) : List.of(seeded(), call(), call());
    }

    /** The call that the condition wants before its own; its own without a seed, where it wants that once more. */
    Call before() {
        if (condition.before() == Before.SAME_SHAPE_AND_RATE) {
            return isLarge() ? probe() : call();
        }
        Predecessor before = Predecessor.of(condition, scope);
        Call call = CallForm.of(before.signature(), before.rate());
        return before.signature().seeded() ? call.withSeed(seed ^ 1) : call;
    }

    private boolean isLarge() {
        return condition.shape().size() > LARGE;
    }
}
