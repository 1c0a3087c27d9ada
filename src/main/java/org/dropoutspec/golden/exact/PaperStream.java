package org.dropoutspec.golden.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.tensor.Tensor;

/** The masks of calls that are made one after the other, as the specification numbers the draws of a stream. */
final class PaperStream {
    private PaperStream() {}

    /** The mask of each call: given or drawn; empty if the call has none, or no seed was set before it. */
    static List<Optional<Tensor>> masks(List<Call> calls) {
        List<Optional<Tensor>> masks = new ArrayList<>();
        OptionalLong seed = OptionalLong.empty();
        long draw = 0;
        for (Call call : calls) {
            if (call.seed().isPresent()) {
                seed = call.seed();
                draw = 0;
            }
            if (call.training() && call.mask().isEmpty() && seed.isPresent()) {
                masks.add(Optional.of(PaperPhilox.mask(call.maskShape(), call.rate(), seed.getAsLong(), draw)));
                draw++;
            } else {
                masks.add(call.mask());
            }
        }
        return masks;
    }
}
