package org.dropoutspec.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Reads a field of a reply as the kind of value that it must hold. */
final class ReplyField {
    private ReplyField() {}

    static Object read(JsonNode reply, ResultField field) throws AdapterFault {
        String name = field.name();
        return switch (field.kind()) {
            case TENSOR -> TensorReader.read(reply, name);
            case BITS -> bits(reply, name, field.size());
            case MASK -> TensorReader.readBooleans(reply, name);
            case NUMBER -> reply.required(name).anyNumber();
            case INTEGER -> reply.required(name).integer();
            case TEXT -> reply.required(name).text();
            case TENSORS -> tensors(reply, name, false);
            case MASKS -> tensors(reply, name, true);
            case TENSORS_BY_NAME -> named(reply, name);
        };
    }

    private static Bits bits(JsonNode reply, String name, int size) throws AdapterFault {
        String path = reply.path(name);
        byte[] packed =
                Base64Data.decode(path, reply.required(name).latin1(), Bits.bytesFor(size), size + " elements in bits");
        try {
            return Bits.ofBytes(size, packed);
        } catch (IllegalArgumentException e) {
            throw new AdapterFault(path + ": " + e.getMessage());
        }
    }

    private static List<Tensor> tensors(JsonNode reply, String name, boolean masks) throws AdapterFault {
        List<Tensor> tensors = new ArrayList<>();
        for (JsonNode each : reply.required(name).objects()) {
            Tensor tensor = TensorReader.read(each);
            if (masks && tensor.dtype() != DType.BOOL) {
                throw new AdapterFault(each.path("dtype") + " (" + tensor.dtype() + ") must be bool");
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private static List<Map<String, Tensor>> named(JsonNode reply, String name) throws AdapterFault {
        List<Map<String, Tensor>> all = new ArrayList<>();
        for (JsonNode each : reply.required(name).objects()) {
            each.only("weight", "bias");
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            if (!each.fields().isEmpty()) { // a layer without weights has no fields
                tensors.put("weight", TensorReader.read(each, "weight"));
                tensors.put("bias", TensorReader.read(each, "bias"));
            }
            all.add(tensors);
        }
        return all;
    }
}
