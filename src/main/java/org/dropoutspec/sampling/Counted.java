package org.dropoutspec.sampling;

import java.util.List;
import java.util.Map;

/**
 * The counts of one of several processes, to be added to those of the others before anything is weighed.
 *
 * @param number of the process, from 0 on
 * @param counts of every test, and of what was asked, written by {@link Pool}; empty where they are held elsewhere
 * @param seen by requirement, the conclusions on those that an answer broke, whatever the other processes show
 * @param nothing the conclusion on masks if none of the processes drew one
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
