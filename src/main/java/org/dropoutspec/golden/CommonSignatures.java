package org.dropoutspec.golden;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.condition.Repertoire;
import org.dropoutspec.condition.Signature;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.verify.DropoutCheck;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.NotAsked;
import org.dropoutspec.implementation.Result;

/** An implementation that declares few shapes, asked only the signatures that most vectors have. */
record CommonSignatures(Implementation implementation, Set<Signature> signatures) implements Implementation {

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
                ordered.stream().limit(Repertoire.MOST).map(Map.Entry::getKey).collect(Collectors.toSet()));
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
}
