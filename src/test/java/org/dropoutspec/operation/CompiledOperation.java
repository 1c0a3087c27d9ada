package org.dropoutspec.operation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.tensor.Tensor;

/** The reference of one operation, which is compiled for each form of a call, and breaks down at the forty-first. */
final class CompiledOperation extends OneOperation {
    private static final int MOST = 40;

    private final Set<String> programs = new HashSet<>();

    CompiledOperation(Operation operation, long seed) {
        super(
                new ReferenceFamily(seed, List.of(operation)),
                operation.name(),
                declared -> declared.withCapabilities(SoundFamily.and(declared.capabilities(), Capability.FEW_SHAPES)));
    }

    @Override
    public OperationResult answer(OperationCall call) {
        if (call.has("training")) {
            programs.add(form(call.fields()));
        }
        if (programs.size() > MOST) {
            throw new ImplementationFault("a program too many: " + call);
        }
        return super.answer(call);
    }

    /** A new process has compiled nothing. */
    @Override
    public boolean restart() {
        programs.clear();
        return super.restart();
    }

    private static String form(Map<?, ?> fields) {
        Map<String, String> form = new TreeMap<>();
        fields.forEach((name, value) -> form.put(name.toString(), word(value)));
        return form.toString();
    }

    private static String word(Object value) {
        if (value instanceof Tensor tensor) {
            return tensor.dtype() + "" + tensor.shape();
        } else if (value instanceof Map<?, ?> map) {
            return form(map);
        } else if (value instanceof List<?> list) {
            return list.stream().map(CompiledOperation::word).toList().toString();
        }
        return value instanceof Boolean ? value.toString() : "";
    }
}
