package org.dropoutspec.sampling;

import java.util.List;
import org.dropoutspec.statistics.Counts;
import org.dropoutspec.statistics.CountsReader;
import org.dropoutspec.statistics.CountsWriter;
import org.dropoutspec.statistics.Family;

/** Counts of processes added up, the same in whatever order they come. */
public final class Pool {
    private final List<Family> families;
    /** Elements by row of the design. */
    private final long[] rows;
    /** By certified stratum, in how many processes it could not be asked, and in how many it was. */
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

    /** How many elements the process was asked for, and how many of them in bits. */
    void asked(long all, long inBits) {
        elements = all;
        elementsInBits = inBits;
    }

    /**
     * Adds what a process counted.
     *
     * @throws IllegalArgumentException when it is damaged, or of another design
     */
    public void add(byte[] counts) {
        CountsReader reader = new CountsReader(counts);
        name(reader);
        reader.requireEnd();
    }

    /** @param process whose counts they are; of several put together, any of them */
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

    /** Whether a certified stratum was asked and could not be expressed, by any process. */
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
