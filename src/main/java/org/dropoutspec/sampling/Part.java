package org.dropoutspec.sampling;

/**
 * The part that one of several processes of an implementation is asked. No two are asked the same: each has the rows of
 * the design and the seeds whose number, modulo the number of processes, is its own.
 *
 * @param number of the process, from 0 on
 * @param of the number of processes
 */
public record Part(int number, int of) {
    /** The part of an only process: everything. */
    public static final Part WHOLE = new Part(0, 1);

    public Part {
        if (of < 1 || number < 0 || number >= of) {
            throw new IllegalArgumentException("part (" + number + " of " + of + ") must be from 0 on and below " + of);
        }
    }

    boolean holds(long number) {
        return Math.floorMod(number, (long) of) == this.number;
    }

    /** Whether this process is the one that is asked whatever one process shows as well as many. */
    public boolean isFirst() {
        return number == 0;
    }

    public boolean isWhole() {
        return of == 1;
    }
}
