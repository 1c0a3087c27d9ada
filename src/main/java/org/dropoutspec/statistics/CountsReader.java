package org.dropoutspec.statistics;

import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Adds the counts that a {@link CountsWriter} wrote. */
public final class CountsReader implements Counts {
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[1 << 14];
    private int next;
    private int end;

    public CountsReader(byte[] written) {
        inflater.setInput(written);
    }

    @Override
    public long sum(long here) {
        return here + signed(read());
    }

    @Override
    public void sum(long[] here) {
        long count = 0;
        for (int i = 0; i < here.length; ) {
            long number = read();
            if (number != 0) {
                count += signed(number);
                here[i++] += count;
                continue;
            }
            int to = i + length(here.length - i);
            while (count != 0 && i < to) {
                here[i++] += count;
            }
            i = to;
        }
    }

    @Override
    public void sum(Map<Integer, long[]> here, int length, int limit) {
        for (int entries = length(limit); entries > 0; entries--) {
            sum(here.computeIfAbsent(length(limit - 1), none -> new long[length]));
        }
    }

    @Override
    public void all(long[] here) {
        long[] cleared = new long[here.length];
        sum(cleared);
        for (int i = 0; i < here.length; i++) {
            here[i] &= ~cleared[i];
        }
    }

    @Override
    public boolean present(boolean here) {
        return length(1) == 1;
    }

    @Override
    public long origin(long here) {
        return length(Integer.MAX_VALUE);
    }

    @Override
    public long[] words(long[] here) {
        long[] words = new long[length(1 << 20)];
        sum(words);
        return words;
    }

    /** @throws IllegalArgumentException when more was written than was read */
    public void requireEnd() {
        if (next < end || isFilled()) {
            throw malformed("longer than what was counted");
        }
        inflater.end(); // its memory lies outside the heap
    }

    private int length(long most) {
        long length = read();
        if (length < 0 || length > most) {
            throw malformed("not of this design: " + length + " where at most " + most + " can be");
        }
        return (int) length;
    }

    private static long signed(long unsigned) {
        return unsigned >>> 1 ^ -(unsigned & 1);
    }

    private long read() {
        if (next < end && buffer[next] >= 0) {
            return buffer[next++]; // nearly all are small
        }
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (next == end && !isFilled()) {
                throw malformed("cut short");
            }
            byte read = buffer[next++];
            number |= (read & 0x7FL) << shift;
            if (read >= 0) {
                return number;
            }
        }
        throw malformed("no numbers");
    }

    private boolean isFilled() {
        try {
            next = 0;
            end = inflater.inflate(buffer);
            if (end == 0 && !inflater.finished()) {
                throw malformed("cut short");
            }
            return end > 0;
        } catch (DataFormatException broken) {
            throw malformed("damaged (" + broken.getMessage() + ")");
        }
    }

    private static IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException("evidence is " + what);
    }
}
