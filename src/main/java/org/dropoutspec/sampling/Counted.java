package org.dropoutspec.sampling;

import java.util.List;
import java.util.Map;

/**
 * What one of several processes has counted, to be added up with what the others have before anything is weighed.
 *
 * @param number of the process, from 0 on
 * @param counts of every test, and of what was asked, written by {@link Pool}; nothing where they are held elsewhere
 * @param seen by requirement what an answer broke, whatever the others show
 * @param nothing what there is to say of masks where none of the processes drew one
 */
public record Counted(int number, byte[] counts, Map<String, Conclusion.Rejected> seen, Conclusion nothing) {
    public Counted {
        seen = Map.copyOf(seen);
    }

    /** The same with other counts. */
    public Counted with(byte[] others) {
        return new Counted(number, others, seen, nothing);
    }

    static List<Counted> inOrder(List<Counted> all) {
        return all.stream()
                .sorted((one, other) -> Integer.compare(one.number, other.number))
                .toList();
    }
}
