package org.dropoutspec.defect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Level;
import org.dropoutspec.condition.RateKind;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.defect.CallEffect.Order;
import org.dropoutspec.defect.ValueEffect.Change;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.oracle.Watch;
import org.dropoutspec.sampling.Sampling;
import org.dropoutspec.sampling.StatisticalRequirements;

/**
 * Draws pairs of levels and confines a gross failure to each: nothing dropped, everything dropped, the mask of the call
 * before, a wrong scale. Prints which were not found at {@code quick} by what the stream of masks shows, and the share of
 * each failure that was. None is confined to rates 0 and 1, at which a generated defect changes nothing.
 *
 * <p>{@code java -cp target/test-classes:target/dropout-conformance.jar org.dropoutspec.defect.GrossPairs [PAIRS [SEED]]},
 * after {@code mvn package}.
 */
final class GrossPairs {
    private static final List<Effect> FAILURES = List.of(
            new RateEffect(RateEffect.Target.NOTHING),
            new RateEffect(RateEffect.Target.EVERYTHING),
            new CallEffect(EarlierDraw.PREVIOUS, 0, Order.SAME, 0),
            new ValueEffect(Change.TWICE, false, 1));

    private GrossPairs() {}

    public static void main(String[] arguments) {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, int[]> found = new TreeMap<>();
        for (int pair = 0; pair < pairs; pair++) {
            Effect failure = FAILURES.get(pair % FAILURES.size());
            Description description = everything();
            Defect defect = new Defect(new Where.Levels(two(description, seed + pair, random)), failure, 1);
            boolean isFound =
                    !sampling(defect, description, seed + pair).firstFinds().isEmpty();
            int[] count = found.computeIfAbsent(failure.toString(), any -> new int[2]);
            count[0] += isFound ? 1 : 0;
            count[1]++;
            if (!isFound) {
                System.out.println("pair " + pair + " not found: " + defect);
            }
        }
        found.forEach((failure, count) -> System.out.println(failure + ": " + count[0] + " of " + count[1]));
    }

    /** Of all types, and of all that a defective dropout can do. */
    private static Description everything() {
        List<Level> needed = new ArrayList<>(List.of(Factor.GRADIENT.level(1)));
        for (int type = 0; type < Factor.TYPE.size(); type++) {
            needed.add(Factor.TYPE.level(type));
        }
        return Grammar.description(new Where.Levels(needed), FAILURES.get(0));
    }

    private static Sampling sampling(Defect defect, Description description, long seed) {
        Set<String> asked = new HashSet<>(StatisticalRequirements.ALL);
        asked.addAll(Watch.REQUIREMENTS);
        return new Session(defect.implementation(description, seed), Tier.QUICK, seed, asked, id -> {}).sampling();
    }

    /** Two levels of two factors that some row of the run's own design has. */
    private static List<Level> two(Description description, long seed, SplittableRandom random) {
        Set<List<Level>> pairs = new HashSet<>();
        Defect none = new Defect(new Where.Nowhere(), FAILURES.get(0), 1);
        for (Condition row : sampling(none, description, seed).rows()) {
            for (Factor one : Factor.values()) {
                for (Factor other : Factor.values()) {
                    if (one.ordinal() < other.ordinal()) {
                        pairs.add(List.of(row.level(one), row.level(other)));
                    }
                }
            }
        }
        List<List<Level>> all = new ArrayList<>(pairs);
        all.sort((one, other) -> one.toString().compareTo(other.toString()));
        all.removeIf(levels -> levels.contains(Factor.RATE.level(RateKind.EXACT.ordinal())));
        return all.get(random.nextInt(all.size()));
    }
}
