package org.dropoutspec.golden;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dropoutspec.condition.Repertoire;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.verify.DropoutCheck;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.NotAsked;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** An implementation that declares few shapes, and is asked only the signatures that most vectors have. */
record CommonSignatures(Implementation implementation, Set<Signature> signatures, Map<String, Set<String>> ofOperations)
        implements Implementation {

    static CommonSignatures of(Implementation implementation, VectorSet vectors) {
        Map<Signature, Integer> uses = new HashMap<>();
        DropoutCheck rehearsal = new DropoutCheck(new Implementation() {
            @Override
            public Description description() {
                return implementation.description();
            }

            @Override
            public Result dropout(Call call) {
                Signature.of(call).ifPresent(signature -> uses.merge(signature, 1, Integer::sum));
                throw new NotAsked("rehearsed");
            }
        });
        for (VectorSet.Entry entry : vectors.entries()) {
            if (entry.vector() instanceof GoldenVector.OfDropout calls) {
                rehearsal.check(calls);
            }
        }
        Comparator<Map.Entry<Signature, Integer>> mostUsed = Map.Entry.comparingByValue(Comparator.reverseOrder());
        List<Map.Entry<Signature, Integer>> ordered = uses.entrySet().stream()
                .sorted(mostUsed.thenComparing(use -> use.getKey().toString()))
                .toList();
        return new CommonSignatures(
                implementation,
                ordered.stream().limit(Repertoire.MOST).map(Map.Entry::getKey).collect(Collectors.toSet()),
                new HashMap<>());
    }

    @Override
    public Description description() {
        return implementation.description();
    }

    @Override
    public Result dropout(Call call) {
        if (Signature.of(call).filter(signatures::contains).isEmpty()) {
            throw new NotAsked(Repertoire.NOT_ASKED);
        }
        return implementation.dropout(call);
    }

    /** Answers calls of another operation, as long as their signatures are not more than may be asked. */
    @Override
    public OperationResult answer(OperationCall call) {
        Set<String> asked = ofOperations.computeIfAbsent(call.operation(), operation -> new HashSet<>());
        String signature = form(call.fields());
        if (!asked.contains(signature) && asked.size() >= Repertoire.MOST) {
            throw new NotAsked(Repertoire.NOT_ASKED);
        }
        asked.add(signature);
        return implementation.answer(call);
    }

    /** The part of a value whose change costs a new compilation: everything except numbers. */
    private static String form(Object value) {
        if (value instanceof Tensor tensor) {
            return tensor.dtype() + " " + tensor.shape();
        } else if (value instanceof Map<?, ?> fields) {
            return new TreeMap<>(fields)
                    .entrySet().stream()
                            .map(field -> field.getKey() + " " + form(field.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(CommonSignatures::form).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof int[] axes) {
            return Arrays.toString(axes);
        }
        return value instanceof Shape || value instanceof Boolean ? value.toString() : "";
    }
}
