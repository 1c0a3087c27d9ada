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

/** How far back the elements of masks are compared, and with how many elements: what the time of a run allows. */
record Horizons(SamplingContext context) {
    /** All elements, whatever their number. */
    private static final int NEAR = 64;

    private static final int MIDDLE = 1024;
    /** Of each stratum that is certified, as long as that is more than the tenth of what is drawn of a type. */
    private static final long LEAST = 1 << 21;
    /** Of each other stratum, of which there are hundreds. */
    private static final long OTHERS = 1 << 18;
    /** Of each type at two rates, in longer runs, up to the longest horizon. */
    private static final long FAR = 1 << 20;
    /** Of each type, for all pairs of distances. */
    private static final long TRIPLED = 1 << 14;
    /** Of each stratum, for remainders that take a count an element. */
    private static final long COUNTED = 1 << 16;
    /** Of each stratum, where every element is looked at by itself: whoever reflects a matrix does it to all. */
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

    /** So many elements are compared with all up to the middle distance before them. */
    long middle(Stratum stratum) {
        return context.certifiedStrata().contains(stratum)
                ? Math.max(LEAST, context.plan().elements() / 10)
                : OTHERS;
    }

    Family joins(Design design) {
        return Family.joins(design, Horizon.of(MIDDLE, design.strata()));
    }

    /** Sums of two earlier numbers show at rates away from .5; a tenth is as good as any, also for exclusive ors. */
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
