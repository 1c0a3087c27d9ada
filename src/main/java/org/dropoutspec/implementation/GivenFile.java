package org.dropoutspec.implementation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody named on the command line. It may be anything, even one that never ends. */
public final class GivenFile {
    /** The largest size in MiB; a certificate has up to about ten. */
    private static final int LARGEST = 64;

    private GivenFile() {}

    /** @throws IOException also if the file is larger than any file that the suite writes */
    public static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST << 20);
            if (bytes.length == LARGEST << 20 && in.read() >= 0) {
                throw new FileSystemException(file.toString(), null, "more than " + LARGEST + " megabytes");
            }
            return bytes;
        }
    }

    /** @throws java.nio.charset.CharacterCodingException if the file is not UTF-8 */
    public static String text(Path file) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(file)))
                .toString();
    }
}
