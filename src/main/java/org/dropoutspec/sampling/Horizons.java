package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.dropoutspec.statistics.Design;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Horizon;
import org.dropoutspec.statistics.Stratum;

/** How far back the elements of masks are compared, and how many of them: as much as the time of a run allows. */
record Horizons(SamplingContext context) {
    /** The distance to which all elements are compared, whatever their number. */
    private static final int NEAR = 64;

    private static final int MIDDLE = 1024;
    /** Elements of each certified stratum compared to the middle distance; a tenth of a type's if that is more. */
    private static final long LEAST = 1 << 21;
    /** The same of each other stratum, of which there are hundreds. */
    private static final long OTHERS = 1 << 18;
    /** Elements of each type, at each of two rates, compared to the longest horizon in longer runs. */
    private static final long FAR = 1 << 20;
    /** Elements of each type that are compared at all pairs of distances. */
    private static final long TRIPLED = 1 << 14;
    /** Elements of each stratum for the remainders and columns that are counted element by element. */
    private static final long COUNTED = 1 << 16;
    /** Elements of each stratum that are looked at one by one in matrices: a reflection shows in all matrices. */
    private static final long IN_MATRICES = 1 << 15;

    Family lags(Design design) {
        List<Stratum> strata = design.strata();
        List<Horizon> horizons = new ArrayList<>();
        horizons.add(Horizon.of(NEAR, strata));
        horizons.add(middle(strata));
        if (context.plan().strength() > 2) {
            horizons.add(Horizon.of(Horizon.LONGEST, FAR, at(design, rate -> rate == 0.5 || isTenth(rate))));
        }
        return Family.lags(design, horizons);
    }

    private Horizon middle(List<Stratum> strata) {
        Map<Stratum, Long> elements = new HashMap<>();
        strata.forEach(stratum -> elements.put(stratum, middle(stratum)));
        return new Horizon(MIDDLE, elements);
    }

    /** How many elements of a stratum are compared with all elements up to the middle distance before them. */
    long middle(Stratum stratum) {
        return context.certifiedStrata().contains(stratum)
                ? Math.max(LEAST, context.plan().elements() / 10)
                : OTHERS;
    }

    Family joins(Design design) {
        return Family.joins(design, Horizon.of(MIDDLE, design.strata()));
    }

    /** Sums of two earlier numbers show at rates away from .5. A tenth is as good as any, for exclusive ors too. */
    Family triples(Design design) {
        return Family.triples(design, Horizon.of(MIDDLE, TRIPLED, at(design, Horizons::isTenth)));
    }

    Family columns(Design design) {
        return Family.columns(design, COUNTED);
    }

    Family places(Design design) {
        return Family.places(design, IN_MATRICES);
    }

    Family reflections(Design design) {
        return Family.reflections(design, IN_MATRICES);
    }

    private static boolean isTenth(double rate) {
        return Math.abs(rate - 0.1) < 0.01;
    }

    private List<Stratum> at(Design design, Predicate<Double> rate) {
        return design.strata().stream()
                .filter(context.certifiedStrata()::contains)
                .filter(stratum -> rate.test(stratum.rate()))
                .toList();
    }
}
