package org.dropoutspec.sampling;

/**
 * What one of several processes of an implementation is asked, so that no two are asked the same: rows of the design and
 * seeds by what their number leaves modulo the number of processes.
 *
 * @param number of the process, from 0 on
 * @param of how many there are
 */
public record Part(int number, int of) {
    /** Of the only process. */
    public static final Part WHOLE = new Part(0, 1);

    public Part {
        if (of < 1 || number < 0 || number >= of) {
            throw new IllegalArgumentException("part (" + number + " of " + of + ") must be from 0 on and below " + of);
        }
    }

    boolean holds(long number) {
        return Math.floorMod(number, (long) of) == this.number;
    }

    /** Whether it is the one that is asked what one process shows as well as many. */
    public boolean isFirst() {
        return number == 0;
    }

    public boolean isWhole() {
        return of == 1;
    }
}
