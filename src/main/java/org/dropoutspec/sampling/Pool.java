package org.dropoutspec.sampling;

import java.util.List;
import org.dropoutspec.statistics.Counts;
import org.dropoutspec.statistics.CountsReader;
import org.dropoutspec.statistics.CountsWriter;
import org.dropoutspec.statistics.Family;

/** The counts of processes, added up; their order does not matter. */
public final class Pool {
    private final List<Family> families;
    /** Elements by row of the design. */
    private final long[] rows;
    /** By certified stratum, in how many processes it could not be asked; then in how many it was. */
    private final long[] inexpressible;

    private final long[] expressible;
    private long elements;
    private long elementsInBits;

    Pool(List<Family> families, int rows, int strata) {
        this(families, new long[rows], new long[strata], new long[strata]);
    }

    Pool(List<Family> families, long[] rows, long[] inexpressible, long[] expressible) {
        this.families = List.copyOf(families);
        this.rows = rows;
        this.inexpressible = inexpressible;
        this.expressible = expressible;
    }

    /** Sets how many elements the process was asked for, and how many of them in bits. */
    void asked(long all, long inBits) {
        elements = all;
        elementsInBits = inBits;
    }

    /**
     * Adds the counts of a process.
     *
     * @throws IllegalArgumentException when they are damaged, or of another design
     */
    public void add(byte[] counts) {
        CountsReader reader = new CountsReader(counts);
        name(reader);
        reader.requireEnd();
    }

    /** The counts as bytes, with the number of their process; of several put together, of any of them. */
    public byte[] written(int process) {
        CountsWriter writer = new CountsWriter(process);
        name(writer);
        return writer.written();
    }

    private void name(Counts counts) {
        families.forEach(family -> family.counted(counts));
        counts.sum(rows);
        counts.sum(inexpressible);
        counts.sum(expressible);
        elements = counts.sum(elements);
        elementsInBits = counts.sum(elementsInBits);
    }

    long[] rows() {
        return rows;
    }

    /** Whether a certified stratum was asked and no process could express it. */
    boolean isInexpressible(int stratum) {
        return inexpressible[stratum] > 0 && expressible[stratum] == 0;
    }

    long elements() {
        return elements;
    }

    long elementsInBits() {
        return elementsInBits;
    }
}
