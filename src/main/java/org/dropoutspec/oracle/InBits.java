package org.dropoutspec.oracle;

import java.util.Optional;
import org.dropoutspec.statistics.PackedMask;

/** A mask answered as one bit for each element, compared with the same mask seen in an answer in full. */
public final class InBits {
    private InBits() {}

    /** In words, where the two differ first and in how many elements; empty when they are the same. */
    public static Optional<String> difference(PackedMask inFull, PackedMask inBits) {
        if (inBits.equals(inFull)) {
            return Optional.empty();
        }
        int index = 0;
        while (inBits.dropped(index) == inFull.dropped(index)) {
            index++;
        }
        return Optional.of("bit " + index + " is " + (inBits.dropped(index) ? "not set" : "set")
                + ", where the answer in full " + (inFull.dropped(index) ? "drops" : "keeps") + "; "
                + inBits.differences(inFull) + " of " + inFull.size() + " bits differ");
    }
}
