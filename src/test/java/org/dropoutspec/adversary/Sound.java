package org.dropoutspec.adversary;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.dropoutspec.implementation.Implementation;

/**
 * A dropout that is right in an unusual way.
 *
 * @param name what is unusual
 * @param implementation makes one whose stream begins at a seed
 */
record Sound(String name, LongFunction<Implementation> implementation) {

    static List<Sound> all() {
        return Stream.of(
                        SoundGenerators.all(),
                        SoundDraws.all(),
                        SoundSeeds.all(),
                        SoundDeclarations.all(),
                        SoundLimits.all(),
                        SoundOddities.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
