package org.dropoutspec.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Reads a tensor of a reply; whether type and shape are the right ones is for the requirements to judge. */
final class TensorReader {
    private TensorReader() {}

    static Tensor read(Fields reply, String name) throws AdapterFault {
        return read(reply.object(name));
    }

    static Tensor read(Fields fields) throws AdapterFault {
        DType dtype;
        Shape shape;
        try {
            dtype = DType.named(fields.string("dtype"));
            shape = Shape.of(fields.extents("shape"));
        } catch (IllegalArgumentException e) {
            throw new AdapterFault(fields.path("") + Excerpt.of(e.getMessage(), 300));
        }
        ByteBuffer data = fields.latin1("data");
        fields.requireNoOther();
        byte[] bytes = decode(fields.path("data"), data, (long) shape.size() * dtype.bytes(), dtype, shape);
        if (dtype == DType.BOOL) {
            requireBooleans(fields.path("data"), bytes);
        }
        return Tensor.wrap(dtype, shape, bytes);
    }

    static Tensor readBooleans(Fields reply, String name) throws AdapterFault {
        Tensor tensor = read(reply, name);
        if (tensor.dtype() != DType.BOOL) {
            throw new AdapterFault(name + ".dtype (" + tensor.dtype() + ") must be bool");
        }
        return tensor;
    }

    /** By RFC 4648 section 4, padded and canonical; the length is compared first, before anything is allocated. */
    private static byte[] decode(String path, ByteBuffer data, long expected, DType dtype, Shape shape)
            throws AdapterFault {
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
            throw new AdapterFault(
                    path + " (" + length + " bytes) must fit " + dtype + " " + shape + ": " + expected + " bytes");
        }
        byte[] bytes;
        try {
            // padded text of the right length is decoded into an array of exactly that length
            bytes = Base64.getDecoder().decode(data.duplicate()).array();
        } catch (IllegalArgumentException e) {
            throw new AdapterFault(path + " must be base64: " + Excerpt.of(e.getMessage(), 100));
        }
        if (!isCanonical(data, bytes, padding)) {
            throw new AdapterFault(path + " must be base64 without stray bits at its end");
        }
        return bytes;
    }

    private static boolean isCanonical(ByteBuffer data, byte[] bytes, int padding) {
        if (padding == 0) {
            return true;
        }
        byte[] rest = Arrays.copyOfRange(bytes, bytes.length - 3 + padding, bytes.length);
        ByteBuffer last = data.slice(data.remaining() - 4, 4);
        return last.equals(ByteBuffer.wrap(Base64.getEncoder().encode(rest)));
    }

    private static void requireBooleans(String path, byte[] bytes) throws AdapterFault {
        for (int i = 0; i < bytes.length; i++) {
            if ((bytes[i] & ~1) != 0) {
                throw new AdapterFault(
                        path + " has byte " + (bytes[i] & 0xFF) + " at index " + i + "; a bool must be 0 or 1");
            }
        }
    }
}
