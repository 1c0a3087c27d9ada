package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Repertoire;
import org.dropoutspec.condition.Scope;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;

/**
 * The conditions under which the checks of this package ask: rows of covering designs, with as many elements as is
 * cheap, and one row with as many as matter.
 *
 * @param calls for checks that one call decides: first some of a few thousand elements, enough for loops over vectors
 *     and blocks, then every pair, or triple, of levels of the factors of a single call
 * @param large one with more elements than an index of 16 bits counts
 * @param replays for masks that are drawn again from a seed: these also vary what comes before, and the kind of seed
 */
record Conditions(Scope scope, List<Condition> calls, List<Condition> large, List<Replay> replays) {
    private static final int LARGEST = 1 << 11;
    private static final int LARGEST_OF_FEW = 1 << 18;
    /** More elements than fit a block. */
    private static final int MIDDLING = 1 << 12;

    /** Enough elements to be worth a second thread. */
    private static final int MORE = 1 << 14;
    /** More elements than an index of 16 bits counts. */
    private static final Shape BEYOND_16_BITS = Shape.of(65_537);

    private static final Set<Factor> OF_A_CALL = EnumSet.of(
            Factor.TYPE,
            Factor.RATE,
            Factor.SIZE,
            Factor.RESIDUE,
            Factor.RANK,
            Factor.LARGE_AXIS,
            Factor.LAST_AXIS,
            Factor.LAYOUT,
            Factor.MASK_SHAPE,
            Factor.GRADIENT);

    private static final Set<Factor> OF_A_REPLAY = EnumSet.complementOf(EnumSet.of(Factor.AGE, Factor.VALUES));

    /** 128 elements at rate .5: two independent masks are equal with probability 2^-128. */
    static final Shape WIDE = Shape.of(128);

    /** @param seed draws the rows */
    static Conditions of(Description description, int strength, long seed) {
        Scope scope = Scope.of(description);
        SplittableRandom random = new SplittableRandom(seed);
        List<DType> dtypes = CallArbitraries.floating(description);
        List<Condition> calls = new ArrayList<>(Middling.of(MIDDLING, dtypes, scope));
        Rows.of(scope, strength, OF_A_CALL, random.nextLong()).stream()
                .map(row -> plain(row, scope, OF_A_CALL))
                .forEach(calls::add);
        List<Condition> again = new ArrayList<>();
        Rows.of(scope, strength, OF_A_REPLAY, random.nextLong()).stream()
                .map(row -> plain(row, scope, OF_A_REPLAY))
                .forEach(again::add);
        List<Condition> large = List.of(Condition.plain(dtypes.get(0), 0.5, BEYOND_16_BITS));
        again.addAll(large);
        again.addAll(Middling.of(MORE, dtypes, scope));
        return new Conditions(scope, calls, large, Replay.of(again, description, random));
    }

    /** What determines the rows of a design. The last designs made are kept: many mutants are asked under the same. */
    private record Rows(Scope scope, int strength, Set<Factor> factors, long seed) {
        private static final int KEPT = 8;

        private static final Map<Rows, List<Condition>> MADE =
                Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 1, true) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Rows, List<Condition>> eldest) {
                        return size() > KEPT;
                    }
                });

        static List<Condition> of(Scope scope, int strength, Set<Factor> factors, long seed) {
            return MADE.computeIfAbsent(
                    new Rows(scope, strength, factors, seed),
                    asked -> List.copyOf(CoveringDesign.rows(scope, strength, LARGEST, factors, seed)));
        }
    }

    /** The same conditions, with replays only in the shapes of {@code few}. */
    Conditions within(Repertoire few, Description description, long seed) {
        List<Condition> rows = few.seeded(LARGEST_OF_FEW);
        return new Conditions(scope, calls, large, Replay.of(rows, description, new SplittableRandom(seed)));
    }

    /** The row, as plain as can be in its seed, what came before, its age and its values, except in factors kept. */
    private static Condition plain(Condition row, Scope scope, Set<Factor> kept) {
        Condition plain = row;
        for (Factor factor : List.of(Factor.SEED, Factor.BEFORE, Factor.AGE, Factor.VALUES)) {
            plain = kept.contains(factor) ? plain : plain.plainer(factor, scope);
        }
        return plain;
    }
}
