package org.dropoutspec.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Drains an adapter's standard error and keeps its end, in bounded memory however much is written. */
final class StderrTail implements Runnable {
    private static final int BYTES = 4096;
    private static final int LINES = 12;
    /** After this time without a byte, no more output is expected. */
    private static final long QUIET_MILLIS = 50;
    /** The longest wait, however much output still comes. */
    private static final long LONGEST_MILLIS = 500;

    private final InputStream in;
    private final byte[] ring = new byte[BYTES];
    private long written;
    private boolean ended;

    StderrTail(InputStream in) {
        this.in = in;
    }

    @Override
    public void run() {
        byte[] chunk = new byte[BYTES];
        try {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                append(chunk, count);
            }
        } catch (IOException e) {
            // closed with the process
        } finally {
            end();
        }
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized void append(byte[] chunk, int count) {
        for (int i = 0; i < count; i++) {
            ring[(int) (written++ % BYTES)] = chunk[i];
        }
        notifyAll();
    }

    /**
     * The last lines, each indented on a line of its own; empty when nothing was written. What an adapter wrote before
     * its reply is in the pipe when the reply is read, but the thread that drains it may not have had its turn.
     */
    synchronized String text() {
        awaitQuiet();
        int size = (int) Math.min(written, BYTES);
        byte[] ordered = new byte[size];
        for (int i = 0; i < size; i++) {
            ordered[i] = ring[(int) ((written - size + i) % BYTES)];
        }
        List<String> lines = new String(ordered, StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                .map(line -> "\n  " + Excerpt.visible(line))
                .collect(Collectors.joining());
    }

    private void awaitQuiet() {
        long start = System.nanoTime();
        try {
            long before = -1;
            while (!ended && written != before && System.nanoTime() - start < LONGEST_MILLIS * 1_000_000) {
                before = written;
                wait(QUIET_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // go on with the output that has come
        }
    }
}
