package org.dropoutspec.contract;

import java.util.Optional;
import org.dropoutspec.statistics.PackedMask;
import org.dropoutspec.tensor.Tensor;

/**
 * Whether two masks at rate .5 agree in too many or too few elements to be independent.
 *
 * <p>Given what came before, two independent elements, each dropped at .5 give or take r, differ with a probability
 * within 2 r^2 of a half; so the number of differences among n is further than t + 2 r^2 n from n/2 with a probability
 * of at most 2 exp(-2 t^2 / n), whatever the probabilities do (Hoeffding 1963, Azuma 1967).
 */
final class MaskAgreement {
    /** How many elements of two masks are compared. A correlation of .16 shows. */
    static final int ELEMENTS = 4096;

    /** The highest probability that one comparison finds fault with independent masks. */
    static final double LEVEL = 1e-22;

    /** Two stretches of so many elements are never alike by chance, wherever they are looked for. */
    static final int STRETCH = 128;

    /** Independent elements at rate .5 differ at every second place; of 64, at only every eighth once in 3e9 masks. */
    private static final int RUN = 8;

    private MaskAgreement() {}

    /**
     * How two masks show that they are not independent, in words; empty where they do not.
     *
     * @param first what {@code one} is the mask of
     * @param second what {@code other} is the mask of
     */
    static Optional<String> dependence(
            PackedMask one, String first, PackedMask other, String second, double resolution) {
        int later = overlap(one, other);
        int earlier = overlap(other, one);
        if (later > 0 || earlier > 0) {
            return Optional.of("expected other masks, got that of " + (later > 0 ? first : second) + " from element "
                    + Math.max(later, earlier) + " on in " + (later > 0 ? second : first));
        }
        int differences = one.differences(other);
        return isTooFar(differences, resolution)
                ? Optional.of("expected about " + ELEMENTS / 2 + " of " + ELEMENTS + " elements alike, got "
                        + (ELEMENTS - differences))
                : Optional.empty();
    }

    /** The element, from 1 on, at which another mask begins in a mask; -1 where there is none. */
    static int overlap(PackedMask mask, PackedMask beginning) {
        for (int from = 1; from <= mask.size() - STRETCH; from++) {
            if (mask.bits(from) == beginning.bits(0) && mask.bits(from + 64) == beginning.bits(64)) {
                return from;
            }
        }
        return -1;
    }

    /**
     * Whether nearly all elements of a mask are like those some distance before them, where the distance is at most
     * half the mask. So it is where a mask repeats its beginning, exactly or nearly, and where its drops are sorted.
     */
    static boolean repeatsItself(Tensor mask) {
        for (int distance = 1; distance <= mask.size() / 2; distance++) {
            int changes = 0;
            for (int i = distance; i < mask.size(); i++) {
                changes += mask.bits(i) == mask.bits(i - distance) ? 0 : 1;
            }
            if (changes <= (mask.size() - distance) / RUN) {
                return true;
            }
        }
        return false;
    }

    /** The highest probability that two independent masks of so many elements overlap anywhere, in either order. */
    static double overlapping(int elements, double resolution) {
        return 2.0 * elements * FalseAlarmShares.equal(STRETCH, resolution);
    }

    static boolean isTooFar(int differences, double resolution) {
        return Math.abs(differences - ELEMENTS / 2.0) > far(ELEMENTS) + 2 * resolution * resolution * ELEMENTS;
    }

    /** Whether a mask has too many or too few drops for a rate, give or take the resolution; by the same inequality. */
    static boolean isTooFar(int drops, int elements, double rate, double resolution) {
        return Math.abs(drops - rate * elements) > far(elements) + resolution * elements;
    }

    private static double far(int elements) {
        return Math.sqrt(elements * Math.log(2 / LEVEL) / 2);
    }
}
