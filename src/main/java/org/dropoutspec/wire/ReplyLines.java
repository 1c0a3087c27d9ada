package org.dropoutspec.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads an adapter's standard output line by line on a thread of its own: a read cannot time out, but waiting for a
 * thread can. At most two lines are held at once, each no longer than the limit.
 */
final class ReplyLines implements Runnable {
    private static final int CHUNK = 1 << 16;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** What came from the adapter. */
    sealed interface Event {}

    /**
     * A whole line without its end.
     *
     * @param last whether nothing else came in the same read
     */
    record Line(byte[] bytes, boolean last) implements Event {}

    /** More bytes than the limit without an end of line; nothing after them is read. */
    record TooLong(byte[] start, int limit) implements Event {}

    /** The end of the stream, with the start of a line that was not finished. */
    record End(byte[] rest) implements Event {}

    /** The heap could not hold the line. */
    record OutOfMemory() implements Event {}

    private final InputStream in;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(1);
    private volatile int limit;

    ReplyLines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    void limit(int bytes) {
        limit = bytes;
    }

    /** The next event, or null when none came in time. */
    Event poll(long nanos) throws InterruptedException {
        return events.poll(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        try {
            try {
                read();
            } catch (OutOfMemoryError e) {
                // the bytes read so far are freed by now, so that this can be told
                events.put(new OutOfMemory());
            }
        } catch (InterruptedException e) {
            // the process is being killed, and nobody waits for lines any more
        }
    }

    private void read() throws InterruptedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(CHUNK);
        byte[] chunk = new byte[CHUNK];
        for (int count = read(chunk); count >= 0; count = read(chunk)) {
            int start = 0;
            for (int i = lineEnd(chunk, 0, count); i < count; i = lineEnd(chunk, start, count)) {
                line.write(chunk, start, i - start);
                start = i + 1;
                events.put(line.size() > limit ? tooLong(line) : new Line(line.toByteArray(), start == count));
                line = new ByteArrayOutputStream(CHUNK);
            }
            line.write(chunk, start, count - start);
            if (line.size() > limit) {
                events.put(tooLong(line));
                return;
            }
        }
        events.put(new End(line.toByteArray()));
    }

    /** The end of the next line, or {@code to}. Looks at eight bytes at once, since replies are long. */
    private static int lineEnd(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long ends = (long) EIGHT.get(bytes, i) ^ ONES * '\n';
            // of a byte that is 0, one less sets the sign bit, which was not set before
            if ((ends - ONES & ~ends & ONES << 7) != 0) {
                break;
            }
        }
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    /** A stream that was closed during the read counts as ended. */
    private int read(byte[] chunk) {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            return -1;
        }
    }

    private TooLong tooLong(ByteArrayOutputStream line) {
        return new TooLong(line.toByteArray(), limit);
    }
}
