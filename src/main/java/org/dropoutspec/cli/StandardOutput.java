package org.dropoutspec.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Locale;

/** Standard output that knows whether its reader has left. */
final class StandardOutput extends FilterOutputStream {
    private boolean left;

    StandardOutput() {
        super(new FileOutputStream(FileDescriptor.out));
    }

    /** Whether the reader has seen enough and left, as {@code head} does. That is no error. */
    boolean hasNoReader() {
        return left;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException failure) {
            // "Broken pipe" on Unix, "The pipe is being closed" on Windows
            left = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
            throw failure;
        }
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }
}
