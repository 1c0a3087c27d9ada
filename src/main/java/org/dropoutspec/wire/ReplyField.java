package org.dropoutspec.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;

/** Reads a field of a reply by what it has to hold. */
final class ReplyField {
    private ReplyField() {}

    static Object read(Fields reply, ResultField field) throws AdapterFault {
        String name = field.name();
        return switch (field.kind()) {
            case TENSOR -> TensorReader.read(reply, name);
            case BITS -> bits(reply, name, field.size());
            case MASK -> TensorReader.readBooleans(reply, name);
            case NUMBER -> reply.anyNumber(name);
            case INTEGER -> reply.integer(name);
            case TEXT -> reply.string(name);
            case TENSORS -> tensors(reply, name, false);
            case MASKS -> tensors(reply, name, true);
            case TENSORS_BY_NAME -> named(reply, name);
        };
    }

    private static Bits bits(Fields reply, String name, int size) throws AdapterFault {
        String path = reply.path(name);
        byte[] packed = Base64Data.decode(path, reply.latin1(name), Bits.bytesFor(size), size + " elements in bits");
        try {
            return Bits.ofBytes(size, packed);
        } catch (IllegalArgumentException e) {
            throw new AdapterFault(path + ": " + e.getMessage());
        }
    }

    private static List<Tensor> tensors(Fields reply, String name, boolean masks) throws AdapterFault {
        List<Tensor> tensors = new ArrayList<>();
        for (Fields each : reply.objects(name)) {
            Tensor tensor = TensorReader.read(each);
            if (masks && tensor.dtype() != DType.BOOL) {
                throw new AdapterFault(each.path("dtype") + " (" + tensor.dtype() + ") must be bool");
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private static List<Map<String, Tensor>> named(Fields reply, String name) throws AdapterFault {
        List<Map<String, Tensor>> all = new ArrayList<>();
        for (Fields each : reply.objects(name)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (String field : each.fieldNames()) {
                tensors.put(field, TensorReader.read(each, field));
            }
            all.add(tensors);
        }
        return all;
    }
}
