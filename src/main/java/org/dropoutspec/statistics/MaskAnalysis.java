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

    /** An analysis of a stream of calls by every family that needs no knowledge of the input. */
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

    /** The family of this name, such as {@code lag}. */
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

    /** Begins a new process. */
    public void restarted() {
        families.forEach(Family::restarted);
    }

    /** An analysis without counts that goes on where this one stands. */
    public MaskAnalysis continued() {
        return new MaskAnalysis(families.stream().map(Family::continued).toList());
    }

    /** The sum of the counts of both, which goes on where {@code later} stands. */
    public MaskAnalysis plus(MaskAnalysis later) {
        List<Family> sum = new ArrayList<>();
        for (int i = 0; i < families.size(); i++) {
            sum.add(families.get(i).plus(later.families.get(i)));
        }
        return new MaskAnalysis(sum);
    }
}
