package org.dropoutspec.certify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;

/** A function that is compiled for each combination of type, shape, mode and carried fields; it counts them. */
class Compiled implements Implementation {
    private final Description description;
    private final long seed;
    private final Map<List<Object>, Program> programs = new HashMap<>();
    private Implementation reference;
    private int starts;
    private int most;

    /** One compiled combination. */
    interface Program {
        Result run(Call call);
    }

    Compiled(Description description, long seed) {
        this.description = description.withCapabilities(withFewShapes(description));
        this.seed = seed;
        this.reference = new ReferenceImplementation(seed);
    }

    private static Capability[] withFewShapes(Description description) {
        Set<Capability> all = new HashSet<>(description.capabilities());
        all.add(Capability.FEW_SHAPES);
        return all.toArray(Capability[]::new);
    }

    /** What a compiler makes of the first call of its kind. */
    Program compile(Call first) {
        return this::sound;
    }

    final Result sound(Call call) {
        return reference.dropout(call);
    }

    @Override
    public final Description description() {
        return description;
    }

    @Override
    public final Result dropout(Call call) {
        Program program = programs.computeIfAbsent(kind(call), kind -> compile(call));
        most = Math.max(most, programs.size());
        return program.run(call);
    }

    /** The most combinations that one process compiled. */
    final int most() {
        return most;
    }

    @Override
    public boolean restart() {
        programs.clear();
        reference = new ReferenceImplementation(seed + ++starts);
        return true;
    }

    private static List<Object> kind(Call call) {
        return List.of(
                call.input().dtype(),
                call.input().shape(),
                call.permutation().map(axes -> IntStream.of(axes).boxed().toList()),
                call.noiseShape(),
                call.training(),
                call.gradOutput().map(Tensor::shape),
                call.seed().isPresent(),
                call.mask().map(Tensor::shape));
    }
}
