package org.dropoutspec.statistics;

import org.jspecify.annotations.Nullable;

/**
 * The latest of some calls, addressed by how many calls before they were, 1 for the last. The data that the comparison
 * of small calls needs lies side by side in arrays.
 */
final class Recent {
    private final Earlier[] calls;
    private final long[] words;
    private final int[] elements;
    private final int[] strata;
    private int next;
    private int size;

    Recent(int most) {
        this.calls = new Earlier[most];
        this.words = new long[most];
        this.elements = new int[most];
        this.strata = new int[most];
    }

    private Recent(Recent other) {
        this.calls = other.calls.clone();
        this.words = other.words.clone();
        this.elements = other.elements.clone();
        this.strata = other.strata.clone();
        this.next = other.next;
        this.size = other.size;
    }

    Recent copy() {
        return new Recent(this);
    }

    void push(Earlier call) {
        calls[next] = call;
        words[next] = call.head().bits(0);
        elements[next] = call.head().size();
        strata[next] = call.stratum();
        next = next + 1 == calls.length ? 0 : next + 1;
        size = Math.min(size + 1, calls.length);
    }

    /** The number of calls. */
    int size() {
        return size;
    }

    /** The call so many before; null if there are fewer. */
    @Nullable
    Earlier get(int before) {
        return before > size ? null : calls[at(before)];
    }

    int stratum(int before) {
        return strata[at(before)];
    }

    /** Adds a table of four counts for elements of {@code mask} and the first elements of a call, at equal places. */
    void compare(PackedMask mask, int before, long[] counts, int slot) {
        int at = at(before);
        int length = Math.min(mask.size(), elements[at]);
        if (length > 64) {
            Overlap.add(counts, slot, mask, calls[at].head(), 0);
        } else {
            Overlap.add(counts, slot, mask.bits(0), words[at], length);
        }
    }

    private int at(int before) {
        int at = next - before;
        return at < 0 ? at + calls.length : at;
    }
}
