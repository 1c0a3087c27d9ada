package org.dropoutspec.statistics;

import java.util.ArrayList;
import java.util.List;

/** Families that observe the calls of one stream together. */
public final class MaskAnalysis {
    private final List<Family> families;

    private MaskAnalysis(List<Family> families) {
        this.families = List.copyOf(families);
    }

    public static MaskAnalysis of(Family... families) {
        return new MaskAnalysis(List.of(families));
    }

    /** Every family that needs no knowledge of the input, for a stream of calls. */
    public static MaskAnalysis of(Design design) {
        return of(
                Family.rate(design),
                Family.position(design),
                Family.dispersion(design),
                Family.columns(design, 1 << 15),
                Family.lags(design, List.of(Horizon.of(1024, design.strata()))),
                Family.joins(design, Horizon.of(1024, design.strata())),
                Family.triples(design, Horizon.of(1024, 1 << 12, design.strata())),
                Family.across(design, "call"),
                Family.duplicates(design),
                Family.contexts(design));
    }

    public List<Family> families() {
        return families;
    }

    /** The family of that name, such as {@code lag}. */
    public Family family(String name) {
        return families.stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("family (" + name + ") must be one of "
                        + families.stream().map(Family::name).toList()));
    }

    /** Adds the next call of the stream to every family. */
    public void observe(Draw draw) {
        families.forEach(family -> family.observe(draw));
    }

    /** A new process begins. */
    public void restarted() {
        families.forEach(Family::restarted);
    }

    /** Without counts, going on where this one stands. */
    public MaskAnalysis continued() {
        return new MaskAnalysis(families.stream().map(Family::continued).toList());
    }

    /** The counts of both, going on where {@code later} stands. */
    public MaskAnalysis plus(MaskAnalysis later) {
        List<Family> sum = new ArrayList<>();
        for (int i = 0; i < families.size(); i++) {
            sum.add(families.get(i).plus(later.families.get(i)));
        }
        return new MaskAnalysis(sum);
    }
}
