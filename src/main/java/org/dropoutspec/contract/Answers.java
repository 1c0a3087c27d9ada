package org.dropoutspec.contract;

/**
 * What became of the calls of one kind.
 *
 * @param answered how many got a result
 * @param rejected how many were rejected as invalid
 * @param discarded how many the implementation cannot express
 * @param broken how many the implementation broke in
 */
public record Answers(long answered, long rejected, long discarded, long broken) {
    static final Answers NONE = new Answers(0, 0, 0, 0);

    /** How many calls there were. */
    public long asked() {
        return answered + rejected + discarded + broken;
    }

    /** Whether calls were made and none was answered. A rejection counts as an answer: some calls ask for one. */
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

    /** For a message: {@code 12 calls, 0 answered, 0 rejected, 12 unsupported, 0 broken}. */
    @Override
    public String toString() {
        return asked() == 0
                ? "none was asked"
                : asked() + " calls, " + answered + " answered, " + rejected + " rejected, " + discarded
                        + " unsupported, " + broken + " broken";
    }
}
