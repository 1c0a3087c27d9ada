package org.dropoutspec.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** Reads base64 from a reply, where the length of the data is known beforehand. */
final class Base64Data {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

    private Base64Data() {}

    /**
     * Decodes base64 by RFC 4648 section 4, padded and canonical. Compares the length before it allocates anything.
     *
     * @param expected the number of bytes that there must be
     * @param what needs them, for a message
     */
    static byte[] decode(String path, ByteBuffer data, long expected, String what) throws AdapterFault {
        int size = data.remaining();
        int padding = 0;
        while (padding < 2 && padding < size && data.get(size - 1 - padding) == '=') {
            padding++;
        }
        long length = size / 4 * 3L - padding;
        if (size % 4 != 0) {
            throw new AdapterFault(path + " (" + size + " characters) must be base64 with padding");
        }
        if (length != expected) {
            throw new AdapterFault(path + " (" + length + " bytes) must fit " + what + ": " + expected + " bytes");
        }
        byte[] bytes;
        try {
            // padded text of the right length is decoded into an array of exactly that length
            bytes = Base64.getDecoder().decode(data.duplicate()).array();
        } catch (IllegalArgumentException e) {
            throw new AdapterFault(path + " must be base64, and has " + stray(data));
        }
        if (!isCanonical(data, bytes, padding)) {
            throw new AdapterFault(path + " must be base64 without stray bits at its end");
        }
        return bytes;
    }

    /** The first character that is not base64. */
    private static String stray(ByteBuffer data) {
        for (int i = 0; i < data.remaining(); i++) {
            if (DIGITS.indexOf(data.get(i)) < 0) {
                return String.format("the character 0x%02X at %d", data.get(i), i);
            }
        }
        return "= before its end";
    }

    private static boolean isCanonical(ByteBuffer data, byte[] bytes, int padding) {
        if (padding == 0) {
            return true;
        }
        byte[] rest = Arrays.copyOfRange(bytes, bytes.length - 3 + padding, bytes.length);
        ByteBuffer last = data.slice(data.remaining() - 4, 4);
        return last.equals(ByteBuffer.wrap(Base64.getEncoder().encode(rest)));
    }
}
