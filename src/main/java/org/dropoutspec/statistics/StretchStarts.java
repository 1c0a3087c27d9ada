package org.dropoutspec.statistics;

/**
 * The places at which stretches of a mask begin: after a run of the rarer symbol and the symbol that ends it. So a copy
 * has one wherever the original has one, however far it was shifted. The run that selects a stretch lies before it.
 *
 * @param length the length of each stretch, in elements
 * @param run how long a run has to be
 * @param dropsAreRare whether runs are of drops
 */
record StretchStarts(int length, int run, boolean dropsAreRare) {
    /** Takes the index at which a stretch begins. */
    interface Found {
        void at(int from);
    }

    /** Finds stretches that do not overlap, the first one after a run that begins at {@code free} or later. */
    void find(PackedMask mask, int free, Found found) {
        long[] words = mask.words();
        long flip = dropsAreRare ? 0 : -1;
        int next = free;
        for (int w = 0; (w << 6) + run + 1 + length <= mask.size(); w++) {
            if ((w << 6) + 63 < next) {
                continue;
            }
            long low = words[w] ^ flip;
            long high = (w + 1 < words.length ? words[w + 1] : 0) ^ flip;
            long starts = low;
            for (int i = 1; i < run; i++) {
                starts &= low >>> i | high << 64 - i;
            }
            starts &= ~(low >>> run | high << 64 - run);
            for (; starts != 0; starts &= starts - 1) {
                int start = (w << 6) + Long.numberOfTrailingZeros(starts);
                if (start >= next && start + run + 1 + length <= mask.size()) {
                    found.at(start + run + 1);
                    next = start + run + 1 + length;
                }
            }
        }
    }
}
