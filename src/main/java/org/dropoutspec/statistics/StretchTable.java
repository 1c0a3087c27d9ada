package org.dropoutspec.statistics;

import java.util.Arrays;

/**
 * Stretches of masks, all of one length, each with a mark that tells how it was found. It is a hash table with one
 * place for each hash, so a later stretch takes the place of an earlier one.
 */
final class StretchTable {
    private final int length;
    private final int stored;
    private final int mostSlots;
    private int slots;
    /** The slots: in each a mark, which is 0 in an empty slot, and then the content. */
    private long[] contents;

    /**
     * @param length in elements; a table of length 0 holds nothing
     * @param fewestSlots the number of slots at the beginning, a power of two
     * @param mostSlots the largest number of slots, a power of two
     */
    StretchTable(int length, int fewestSlots, int mostSlots) {
        this.length = length;
        this.stored = PackedMask.wordsFor(length);
        this.mostSlots = mostSlots;
        this.slots = fewestSlots;
        this.contents = new long[length == 0 ? 0 : slots * (stored + 1)];
    }

    StretchTable(StretchTable other) {
        this.length = other.length;
        this.stored = other.stored;
        this.mostSlots = other.mostSlots;
        this.slots = other.slots;
        this.contents = other.contents.clone();
    }

    /** Grows if there are too few slots for this many stretches. */
    void makeRoomFor(long stretches) {
        if (2 * stretches <= slots || slots >= mostSlots) {
            return;
        }
        long[] known = contents;
        slots *= 2;
        contents = new long[slots * (stored + 1)];
        for (int at = 0; at < known.length; at += stored + 1) {
            if (known[at] != 0) {
                int from = at + 1;
                // a stretch goes to one of the two slots that its old slot becomes, and never onto that of another
                System.arraycopy(known, at, contents, slot(known[at], word -> known[from + word]), stored + 1);
            }
        }
    }

    /** The index of the slot of a stretch. */
    int slot(PackedMask mask, int from, long mark) {
        return slot(mark, word -> window(mask, from, word));
    }

    private interface Words {
        long at(int word);
    }

    private int slot(long mark, Words words) {
        long hash = mark;
        for (int i = 0; i < stored; i++) {
            hash = (hash ^ words.at(i)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash & slots - 1) * (stored + 1);
    }

    /** Whether the slot holds exactly this stretch. */
    boolean holds(int slot, PackedMask mask, int from, long mark) {
        boolean same = contents[slot] == mark;
        for (int i = 0; same && i < stored; i++) {
            same = contents[slot + 1 + i] == window(mask, from, i);
        }
        return same;
    }

    boolean isEmpty(int slot) {
        return contents[slot] == 0;
    }

    /** The number of dropped elements in the stretch that the slot holds. */
    int drops(int slot) {
        int drops = 0;
        for (int i = 1; i <= stored; i++) {
            drops += Long.bitCount(contents[slot + i]);
        }
        return drops;
    }

    void put(int slot, PackedMask mask, int from, long mark) {
        contents[slot] = mark;
        for (int i = 0; i < stored; i++) {
            contents[slot + 1 + i] = window(mask, from, i);
        }
    }

    /** Empties all slots; their number stays. */
    void clear() {
        Arrays.fill(contents, 0);
    }

    private long window(PackedMask mask, int from, int word) {
        long bits = mask.bits(from + (word << 6));
        int rest = length - (word << 6);
        return rest >= 64 ? bits : bits & (1L << rest) - 1;
    }
}
