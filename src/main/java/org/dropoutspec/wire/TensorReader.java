package org.dropoutspec.wire;

import java.nio.ByteBuffer;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Reads a tensor of a reply. Whether its type and shape are right is judged by the requirements. */
final class TensorReader {
    private TensorReader() {}

    static Tensor read(JsonNode reply, String name) throws AdapterFault {
        return read(reply.required(name).object());
    }

    static Tensor read(JsonNode fields) throws AdapterFault {
        DType dtype;
        Shape shape;
        try {
            dtype = DType.named(fields.required("dtype").text());
            shape = Shape.of(fields.required("shape").extents());
        } catch (IllegalArgumentException e) {
            throw new AdapterFault(fields.path("") + Excerpt.of(String.valueOf(e.getMessage()), 300));
        }
        ByteBuffer data = fields.required("data").latin1();
        fields.only("dtype", "shape", "data");
        byte[] bytes =
                Base64Data.decode(fields.path("data"), data, (long) shape.size() * dtype.bytes(), dtype + " " + shape);
        if (dtype == DType.BOOL) {
            requireBooleans(fields.path("data"), bytes);
        }
        return Tensor.wrap(dtype, shape, bytes);
    }

    static Tensor readBooleans(JsonNode reply, String name) throws AdapterFault {
        Tensor tensor = read(reply, name);
        if (tensor.dtype() != DType.BOOL) {
            throw new AdapterFault(name + ".dtype (" + tensor.dtype() + ") must be bool");
        }
        return tensor;
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
