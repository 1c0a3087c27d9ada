package org.dropoutspec.contract;

/**
 * What became of the calls of one kind.
 *
 * @param answered with a result
 * @param rejected as invalid
 * @param discarded since the implementation cannot express them
 * @param broken because the implementation broke
 */
public record Answers(long answered, long rejected, long discarded, long broken) {
    static final Answers NONE = new Answers(0, 0, 0, 0);

    /** How many calls there were. */
    public long asked() {
        return answered + rejected + discarded + broken;
    }

    /** Whether calls were made and none got an answer; a rejection is one, where it is what was asked for. */
    boolean areNone() {
        return answered + rejected == 0 && asked() > 0;
    }

    Answers and(Answers others) {
        return new Answers(
                answered + others.answered,
                rejected + others.rejected,
                discarded + others.discarded,
                broken + others.broken);
    }

    /** For a message: {@code 12 calls, of which 12 unsupported}. */
    @Override
    public String toString() {
        return asked() == 0
                ? "none was asked"
                : asked() + " calls, " + answered + " answered, " + rejected + " rejected, " + discarded
                        + " unsupported, " + broken + " broken";
    }
}
