package org.dropoutspec.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Broken implementations of an operation whose single calls are right, and which go wrong between calls. */
public final class BrokenBetweenCalls {
    private final Operation operation;
    private final String prefix;

    private BrokenBetweenCalls(Operation operation, String prefix) {
        this.operation = operation;
        this.prefix = prefix;
    }

    /**
     * The given mutants of an operation, with those of this class added.
     *
     * @param prefix the prefix of the names of those added, such as {@code rnn}
     */
    public static List<Mutant> beside(List<Mutant> own, Operation operation, String prefix) {
        BrokenBetweenCalls broken = new BrokenBetweenCalls(operation, prefix);
        List<Mutant> all = new ArrayList<>(own);
        broken.ofBuffer().ifPresent(all::add);
        all.add(broken.mutant(
                "backward-of-the-last-forward",
                "BWD-11",
                "makes every backward pass with what the last call drew",
                seed -> new LastDraw(operation, seed)));
        all.add(broken.mutant(
                "recompute-draws-anew",
                "BWD-12",
                "draws again when it computes the forward pass again",
                seed -> new DrawnAnew(operation, seed)));
        return List.copyOf(all);
    }

    /** The mutant with a wrong buffer, if a site shows one, after a call in place or one that must not change it. */
    private Optional<Mutant> ofBuffer() {
        if (shows(Capability.IN_PLACE)) {
            return Optional.of(mutant(
                    "in-place-leaves-the-input",
                    "FWD-11",
                    "puts out what it should, and leaves the buffer as it was",
                    seed -> new Buffer(operation, seed, true)));
        }
        return shows(Capability.INPUT_AFTER)
                ? Optional.of(mutant(
                        "input-overwritten",
                        "FWD-9",
                        "uses the first element of its input as scratch space",
                        seed -> new Buffer(operation, seed, false)))
                : Optional.empty();
    }

    private boolean shows(Capability capability) {
        return operation.sites().stream().anyMatch(site -> site.capabilities().contains(capability));
    }

    private Mutant mutant(
            String name, String requirement, String what, LongFunction<? extends Implementation> implementation) {
        return new Mutant(prefix + "-" + name, operation.name(), requirement, what, implementation);
    }

    private static final class LastDraw extends ReferenceFamily {
        private @Nullable OperationCall last;

        LastDraw(Operation operation, long seed) {
            super(seed, List.of(operation));
        }

        @Override
        protected void retain(long id, OperationCall call) {
            super.retain(id, call);
            last = call;
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            for (String name : DRAWN) {
                if (last != null
                        && call.has(name)
                        && last.has(name)
                        && form(call, name).equals(form(last, name))) {
                    call = call.with(name, last.required(name));
                }
            }
            return call;
        }

        private static String form(OperationCall call, String name) {
            Object drawn = call.fields().get(name);
            List<?> tensors = drawn instanceof List<?> list ? list : List.of(drawn);
            return tensors.stream()
                    .map(tensor -> ((Tensor) tensor).dtype() + " " + ((Tensor) tensor).shape())
                    .toList()
                    .toString();
        }
    }

    private static final class DrawnAnew extends ReferenceFamily {
        DrawnAnew(Operation operation, long seed) {
            super(seed, List.of(operation));
        }

        @Override
        protected OperationResult called(OperationCall call) {
            OperationResult result = super.called(call);
            if (!call.flag("recompute")) {
                return result;
            }
            int instance = call.instance();
            OperationResult again = sound(call, layer(instance));
            for (Map.Entry<String, Object> field : again.fields().entrySet()) {
                if (field.getKey().startsWith("grad")) {
                    result = result.with(field.getKey(), field.getValue());
                }
            }
            return result;
        }
    }

    private static final class Buffer extends ReferenceFamily {
        private final boolean inPlace;

        Buffer(Operation operation, long seed, boolean inPlace) {
            super(seed, List.of(operation));
            this.inPlace = inPlace;
        }

        @Override
        protected Tensor inputAfter(OperationCall call, OperationResult result) {
            Tensor sound = super.inputAfter(call.without("in_place"), result);
            if (inPlace) {
                return sound;
            }
            Tensor.Builder changed = Tensor.builder(sound.dtype(), sound.shape());
            for (int i = 1; i < sound.size(); i++) {
                changed.setBits(i, sound.bits(i));
            }
            return changed.build();
        }
    }
}
