package org.dropoutspec.statistics;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes counts. Each is written as its difference from the one before, with a byte for each seven bits of the number;
 * a run of equal counts is written as a zero and its length. Then all is compressed.
 */
public final class CountsWriter implements Counts {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out =
            new DataOutputStream(new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED), 1 << 14));

    private final int process;

    /** @param process the number of the process whose counts they are, from 0 on; each process has its own */
    public CountsWriter(int process) {
        this.process = process;
    }

    @Override
    public long origin(long here) {
        long origin = here < 0 ? process : here;
        write(origin);
        return origin;
    }

    @Override
    public long sum(long here) {
        write(sign(here));
        return here;
    }

    @Override
    public void sum(long[] here) {
        long before = 0;
        for (int i = 0; i < here.length; ) {
            int from = i;
            while (i < here.length && here[i] == before) {
                i++;
            }
            if (i > from) {
                write(0);
                write(i - from);
            } else {
                write(sign(here[i] - before));
                before = here[i++];
            }
        }
    }

    @Override
    public void sum(Map<Integer, long[]> here, int length, int limit) {
        write(here.size());
        new TreeMap<>(here).forEach((key, counts) -> {
            write(key);
            sum(counts);
        });
    }

    @Override
    public void all(long[] here) {
        long[] cleared = new long[here.length];
        for (int i = 0; i < here.length; i++) {
            cleared[i] = ~here[i];
        }
        sum(cleared);
    }

    @Override
    public boolean present(boolean here) {
        write(here ? 1 : 0);
        return here;
    }

    @Override
    public long[] words(long[] here) {
        write(here.length);
        sum(here);
        return here;
    }

    /** All that was written; nothing can be written after it. */
    public byte[] written() {
        try {
            out.close();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return bytes.toByteArray();
    }

    /** The number as an unsigned one: small if it is near 0, whatever its sign. */
    private static long sign(long number) {
        return number << 1 ^ number >> 63;
    }

    private void write(long unsigned) {
        try {
            long rest = unsigned;
            while ((rest & ~0x7FL) != 0) {
                out.writeByte((int) (rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            out.writeByte((int) rest);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }
}
