package org.dropoutspec.operation.recurrent;

import java.util.List;
import java.util.stream.Stream;
import org.dropoutspec.mutant.Mutant;

/** Broken recurrent dropout. */
final class RecurrentMutants {
    private RecurrentMutants() {}

    static List<Mutant> all() {
        return Stream.of(RecurrentMaskMutants.all(), RecurrentGradientMutants.all())
                .flatMap(List::stream)
                .toList();
    }
}
