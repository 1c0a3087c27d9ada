package org.dropoutspec.statistics;

import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** A call that later ones are compared with; of a large one only both ends are kept. */
final class Earlier {
    /** Elements of each end: above twice as many the middle is dropped. */
    private static final int END = 1 << 17;
    /** What of a call is compared with many. */
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
     * @param number of the call in its process
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

    /** From the first element on. */
    PackedMask front() {
        return front;
    }

    /** Up to the last element. */
    PackedMask back() {
        return back;
    }

    /** The first 2^14 elements at most. */
    PackedMask head() {
        return head;
    }

    /** From the last element backwards. */
    PackedMask reversed() {
        if (reversed == null) {
            reversed = back.reversed();
        }
        return reversed;
    }
}
