package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.dropoutspec.condition.Before;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.CoveringDesign;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Level;
import org.dropoutspec.condition.Predecessor;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Rows;
import org.dropoutspec.statistics.Stratum;
import org.dropoutspec.tensor.DType;

/** The tests that share the masks of a stream, for the selected requirements; made before the first draw. */
final class StreamTests {
    /** The number of certified rates of a type: at least a quarter of the type's elements is drawn at each. */
    private static final int CERTIFIED = 4;

    private final SamplingContext context;
    private final boolean keepsTrails;
    private final Design design;
    private final Map<String, Check> checks = new LinkedHashMap<>();
    private final List<SequentialTest> all = new ArrayList<>();

    StreamTests(SamplingContext context, CoveringDesign conditions, boolean keepsTrails) {
        this.context = context;
        this.keepsTrails = keepsTrails;
        this.design = new Design(strata(context, conditions), context.resolution(), rows(conditions.all()));
        int strength = context.plan().strength();
        Horizons horizons = new Horizons(context);
        add(StatisticalRequirements.RATE, CertifiedQuantity.RATE, Family::rate);
        add(StatisticalRequirements.RATE, any -> Family.rateByCondition(any, strength));
        add(StatisticalRequirements.LAGS, CertifiedQuantity.CORRELATION, horizons::lags);
        add(StatisticalRequirements.LAGS, any -> Family.lagsByCondition(any, strength));
        add(StatisticalRequirements.LAGS, horizons::reflections);
        add(StatisticalRequirements.FRESH, CertifiedQuantity.CORRELATION, any -> Family.across(any, "call"));
        add(StatisticalRequirements.FRESH, any -> Family.acrossByCondition(any, strength));
        add(StatisticalRequirements.FRESH, horizons::joins);
        add(StatisticalRequirements.POSITION, CertifiedQuantity.PLACE, Family::position);
        add(StatisticalRequirements.POSITION, any -> Family.positionByCondition(any, strength));
        add(StatisticalRequirements.POSITION, horizons::columns);
        add(StatisticalRequirements.POSITION, Family::constants);
        add(StatisticalRequirements.POSITION, horizons::places);
        add(StatisticalRequirements.POSITION, Family::tails);
        add(StatisticalRequirements.DISPERSION, Family::dispersion);
        add(StatisticalRequirements.DUPLICATES, Family::duplicates);
        add(StatisticalRequirements.CONTEXTS, CertifiedQuantity.CORRELATION, Family::contexts);
        add(StatisticalRequirements.CONTEXTS, horizons::triples);
        add(StatisticalRequirements.INPUT, CertifiedQuantity.PLACE, any -> Family.strata(any, Inputs.FEATURES));
    }

    private void add(String id, Function<Design, Family> fresh) {
        add(id, CertifiedQuantity.NONE, fresh);
    }

    private void add(String id, CertifiedQuantity claim, Function<Design, Family> fresh) {
        if (context.selected().contains(id)) {
            SequentialTest test =
                    checks.computeIfAbsent(id, any -> new Check(context, id)).add(claim, false, fresh, design);
            if (keepsTrails) {
                test.keepTrail();
            }
            all.add(test);
        }
    }

    private static List<Stratum> strata(SamplingContext context, CoveringDesign conditions) {
        Set<Stratum> strata = new LinkedHashSet<>(context.certifiedStrata());
        for (Condition row : conditions.all()) {
            add(strata, row.dtype(), row.rate());
            if (row.before() != Before.SAME_SHAPE_AND_RATE) {
                Predecessor before = conditions.predecessor(row);
                add(strata, before.signature().dtype(), before.rate());
            }
        }
        return List.copyOf(strata);
    }

    private static void add(Set<Stratum> strata, DType dtype, double rate) {
        if (rate > 0 && rate < 1) {
            strata.add(new Stratum(dtype, rate));
        }
    }

    private static Rows rows(List<Condition> conditions) {
        List<String> factors = new ArrayList<>();
        List<List<String>> names = new ArrayList<>();
        for (Factor factor : Factor.values()) {
            factors.add(factor.name());
            names.add(factor.levels().stream().map(Level::words).toList());
        }
        List<List<Integer>> levels = conditions.stream()
                .map(condition -> Arrays.stream(condition.levels()).boxed().toList())
                .toList();
        return new Rows(factors, names, levels);
    }

    List<SequentialTest> all() {
        return all;
    }

    /** The family of statistics of each test, in order. */
    List<Family> families() {
        return all.stream().map(test -> test.family).toList();
    }

    /** The checks by requirement. */
    Map<String, Check> checks() {
        return checks;
    }

    /** How many elements of each certified stratum are drawn, by all processes together. */
    Map<Stratum, Long> planned() {
        Map<Stratum, Long> planned = new HashMap<>();
        Optional<Check> rates = Optional.ofNullable(checks.get(StatisticalRequirements.RATE));
        for (Stratum stratum : context.certifiedStrata()) {
            long least = context.plan().elements() / CERTIFIED;
            planned.put(
                    stratum,
                    rates.map(check -> Math.max(
                                    least,
                                    SampleSize.certifying(
                                            stratum.rate(),
                                            context.plan().rate(),
                                            check.alpha() / design.strata().size())))
                            .orElse(least));
        }
        return planned;
    }
}
