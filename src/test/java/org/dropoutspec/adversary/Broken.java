package org.dropoutspec.adversary;

import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Implementation;

/**
 * A defect as real code has it.
 *
 * @param name what is wrong, in a few words
 * @param requirements by any of which it may be found
 * @param implementation makes one whose stream begins at a seed
 */
record Broken(String name, Set<String> requirements, LongFunction<Implementation> implementation) {

    static Broken of(String name, LongFunction<Implementation> implementation, String... requirements) {
        return new Broken(name, Set.of(requirements), implementation);
    }

    static List<Broken> all() {
        return Stream.of(
                        Caches.all(),
                        Stale.all(),
                        Processes.all(),
                        Rates.all(),
                        Places.all(),
                        Generators.all(),
                        Streams.all(),
                        Seeds.all(),
                        Values.all(),
                        Gradients.all(),
                        NoiseShapes.all(),
                        Types.all(),
                        Reactions.all(),
                        Replayed.all(),
                        Kernels.all(),
                        Requests.all(),
                        Specials.all(),
                        Hashes.all(),
                        Quotas.all(),
                        Corners.all(),
                        Edges.all(),
                        Compilers.all(),
                        Wholes.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
