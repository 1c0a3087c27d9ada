package org.dropoutspec.sampling;

import java.util.List;
import org.dropoutspec.statistics.Family;
import org.dropoutspec.statistics.Stratum;

/** When the evidence is weighed while it grows, and whether anything more is asked then. */
final class InterimLooks {
    /** Elements before the first look where a run ends with its first find; other runs look later, at more evidence. */
    private static final long SOON = 1 << 18;

    private static final long FIRST_LOOK = 1 << 21;
    private static final int GROWTH = 8;

    /** Elements before the first note where a trail of the evidence is kept. */
    private static final long FIRST_NOTE = 1 << 17;

    private static final int NOTE_GROWTH = 4;

    private final List<SequentialTest> tests;
    private final Analysis analysis;
    private final boolean untilFirst;
    private long next;
    private long nextNote;
    private long asked;
    private long weighed;
    private volatile boolean over;

    /**
     * @param part of the rows that is asked; one process of several decides nothing by itself
     * @param untilFirst whether nothing more is asked once something was found
     */
    InterimLooks(List<SequentialTest> tests, Part part, Analysis analysis, boolean untilFirst) {
        this.tests = tests;
        this.analysis = analysis;
        this.untilFirst = untilFirst;
        this.next = !part.isWhole() ? Long.MAX_VALUE : untilFirst ? SOON : FIRST_LOOK;
        boolean keepsTrail = tests.stream().anyMatch(SequentialTest::keepsTrail);
        this.nextNote = part.isWhole() && keepsTrail ? FIRST_NOTE : Long.MAX_VALUE;
    }

    /** Ends the asking. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    boolean hasOpenTests() {
        return !over && tests.stream().anyMatch(SequentialTest::isOpen);
    }

    /** The strata that more elements can help to decide. */
    List<Stratum> open(List<Stratum> certified) {
        return certified.stream()
                .filter(stratum -> tests.stream().anyMatch(test -> test.wants(stratum)))
                .toList();
    }

    /** Takes the looks that are due after so many elements. */
    void asked(long elements) {
        asked = elements;
        if (asked >= nextNote) {
            nextNote = NOTE_GROWTH * nextNote;
            analysis.settle();
            tests.stream().filter(SequentialTest::isOpen).forEach(SequentialTest::note);
        }
        if (asked >= next) {
            next = GROWTH * next;
            decide(false);
        }
    }

    /** Whether everything that was asked was weighed too. */
    boolean isUpToDate() {
        return asked <= weighed;
    }

    /** @param horizon whether enough was asked to find every defect that is looked for */
    void decide(boolean horizon) {
        analysis.settle();
        tests.stream().filter(SequentialTest::isOpen).forEach(test -> test.look(horizon));
        boolean found = !analysis.seen().isEmpty()
                || tests.stream().anyMatch(test -> test.finding().isPresent());
        over |= untilFirst && found;
        analysis.narrow(openFamilies());
        weighed = asked;
    }

    /** The families of open tests. A decided test sees no more masks: its evidence stays, whatever else is asked. */
    private List<Family> openFamilies() {
        return tests.stream()
                .filter(SequentialTest::isOpen)
                .map(test -> test.family)
                .toList();
    }
}
