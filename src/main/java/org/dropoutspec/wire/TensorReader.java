package org.dropoutspec.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Reads a tensor of a reply; whether type and shape are the right ones is for the requirements to judge. */
final class TensorReader {
    private TensorReader() {}

    static Tensor read(Fields reply, String name) throws AdapterFault {
        Fields fields = reply.object(name);
        DType dtype;
        Shape shape;
        try {
            dtype = DType.named(fields.string("dtype"));
            shape = Shape.of(fields.extents("shape"));
        } catch (IllegalArgumentException e) {
            throw new AdapterFault(fields.path("") + Excerpt.of(e.getMessage(), 300));
        }
        String data = fields.string("data");
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
    private static byte[] decode(String path, String data, long expected, DType dtype, Shape shape)
            throws AdapterFault {
        int padding = data.endsWith("==") ? 2 : data.endsWith("=") ? 1 : 0;
        long length = data.length() / 4 * 3L - padding;
        if (data.length() % 4 == 0 && length != expected) {
            throw new AdapterFault(
                    path + " (" + length + " bytes) must fit " + dtype + " " + shape + ": " + expected + " bytes");
        }
        byte[] bytes;
        try {
            // characters above 255 become question marks, which are no base64 either
            bytes = Base64.getDecoder().decode(data.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new AdapterFault(path + " must be base64: " + e.getMessage());
        }
        if (data.length() % 4 != 0 || !isCanonical(data, bytes, padding)) {
            throw new AdapterFault(path + " must be base64 with padding and without stray bits at its end");
        }
        return bytes;
    }

    private static boolean isCanonical(String data, byte[] bytes, int padding) {
        if (padding == 0) {
            return true;
        }
        byte[] rest = new byte[3 - padding];
        System.arraycopy(bytes, bytes.length - rest.length, rest, 0, rest.length);
        return data.endsWith(Base64.getEncoder().encodeToString(rest));
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
