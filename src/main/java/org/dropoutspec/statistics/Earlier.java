package org.dropoutspec.statistics;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** A call that later calls are compared with. Only the two ends of a large one are kept. */
final class Earlier {
    /** The length of either end, in elements. The middle of a call that is more than twice as long is not kept. */
    private static final int END = 1 << 17;
    /** The length of the part that is compared with many calls, in elements. */
    private static final int HEAD = 1 << 14;

    private final long number;
    private final int stratum;
    private final DType dtype;
    private final Shape shape;
    private final PackedMask front;
    private final PackedMask back;
    private final PackedMask head;
    private @Nullable PackedMask reversed;

    /**
     * @param number the number of the call in its process
     * @param stratum its index in the design
     */
    Earlier(long number, int stratum, Draw draw) {
        this.number = number;
        this.stratum = stratum;
        this.dtype = draw.stratum().dtype();
        this.shape = draw.shape();
        PackedMask mask = draw.mask();
        boolean whole = mask.size() <= 2 * END;
        this.front = whole ? mask : mask.slice(0, END);
        this.back = whole ? mask : mask.slice(mask.size() - END, mask.size());
        this.head = mask.size() <= HEAD ? mask : mask.slice(0, HEAD);
    }

    long number() {
        return number;
    }

    int stratum() {
        return stratum;
    }

    DType dtype() {
        return dtype;
    }

    int size() {
        return shape.size();
    }

    /** The mask from the first element on, whole or cut to the end that is kept. */
    PackedMask front() {
        return front;
    }

    /** The mask up to the last element, whole or cut to the end that is kept. */
    PackedMask back() {
        return back;
    }

    /** The first 2^14 elements at most. */
    PackedMask head() {
        return head;
    }

    /** The elements of {@link #back()} from the last one backwards. */
    PackedMask reversed() {
        if (reversed == null) {
            reversed = back.reversed();
        }
        return reversed;
    }
}
