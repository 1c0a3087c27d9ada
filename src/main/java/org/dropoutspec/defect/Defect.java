package org.dropoutspec.defect;

import java.util.Locale;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;

/**
 * A generated defect: where it strikes, what goes wrong, and how strong it is.
 *
 * @param strength the share of what is hit, or how much of the change is made; in (0, 1]
 */
public record Defect(Where where, Effect effect, double strength) {
    public Defect {
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength (" + strength + ") must be in (0, 1]");
        }
    }

    /** A dropout with this defect that is otherwise sound. Its stream begins at the seed. */
    public Implementation implementation(Description description, long seed) {
        return new Defective(this, description, seed);
    }

    /** The kind of condition, such as {@code two levels} or {@code free}, by which results are grouped. */
    public String condition() {
        return where.kind();
    }

    /** The kind of effect, such as {@code rate} or {@code place}, by which results are grouped. */
    public String kind() {
        return effect.kind();
    }

    /** Whether a single call, or a few with the same seed, can show it for certain, without evidence of many masks. */
    public boolean isSeenInSingleCalls() {
        return effect.isSeenInSingleCalls();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, strength %.3g, %s", effect, strength, where);
    }
}
