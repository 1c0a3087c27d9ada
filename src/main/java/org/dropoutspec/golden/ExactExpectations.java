package org.dropoutspec.golden;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.tensor.Tensor;

/** What a call must give, one expectation for each combination of the choices that matter to it. */
final class ExactExpectations {
    private ExactExpectations() {}

    /** For a call that carries its mask, is an evaluation, or must be rejected whatever is declared. */
    static List<Expectation> of(Call call, Scaling scaling) {
        return isRejected(call) ? List.of(Expectation.rejection(Map.of())) : of(call, scaling, call.mask());
    }

    /** For a call whose seed gives it {@code mask}. */
    static List<Expectation> drawing(Call call, Tensor mask) {
        return of(call, Scaling.INVERTED, Optional.of(mask)).stream()
                .map(expectation -> expectation.rejected()
                        ? expectation
                        : new Expectation(
                                expectation.when(),
                                false,
                                expectation.output(),
                                expectation.gradInput(),
                                Optional.of(bits(mask))))
                .toList();
    }

    /** What an inverted call must give to the last bit, the payload of a NaN included. */
    static List<Expectation> byBits(Call call) {
        return of(call, Scaling.INVERTED).stream()
                .map(expectation -> new Expectation(
                        expectation.when(),
                        false,
                        expectation.output().map(field -> bits(field.tensor())),
                        expectation.gradInput().map(field -> bits(field.tensor())),
                        expectation.mask()))
                .toList();
    }

    private static boolean isRejected(Call call) {
        boolean fits = call.maskShape().broadcastsTo(call.shape());
        return !(call.rate() >= 0 && call.rate() <= 1) || !fits;
    }

    private static List<Expectation> of(Call call, Scaling scaling, Optional<Tensor> mask) {
        List<Expectation> expectations = new ArrayList<>();
        Map<String, String> when = new TreeMap<>(Map.of("scaling", Expectation.wire(scaling)));
        if (call.rate() == 1) {
            when.put("rate_one", Expectation.wire(RateOne.ZEROS));
        }
        Choices choices = Choices.defaults().with(scaling);
        if (mask.isPresent() && dropsNonfinite(call, mask.get())) {
            for (DroppedNonfinite choice : DroppedNonfinite.values()) {
                when.put("dropped_nonfinite", Expectation.wire(choice));
                expectations.add(under(call, mask, choices.with(choice), when));
            }
        } else {
            expectations.add(under(call, mask, choices, when));
        }
        if (call.rate() == 1 && call.training()) {
            expectations.add(Expectation.rejection(Map.of("rate_one", Expectation.wire(RateOne.REJECT))));
        }
        return expectations;
    }

    private static Expectation under(Call call, Optional<Tensor> mask, Choices choices, Map<String, String> when) {
        ExactDropout exact = new ExactDropout(call.input().dtype(), call.rate(), choices);
        return new Expectation(
                when,
                false,
                Optional.of(apply(exact, call, call.presented(), mask)),
                call.gradOutput().map(gradient -> apply(exact, call, gradient, mask)),
                Optional.empty());
    }

    private static Expected apply(ExactDropout exact, Call call, Tensor x, Optional<Tensor> mask) {
        return call.training() ? exact.training(x, mask.orElseThrow()) : exact.evaluation(x);
    }

    private static boolean dropsNonfinite(Call call, Tensor mask) {
        Tensor drawn = mask.broadcastTo(call.shape());
        Ieee format = Ieee.of(call.input().dtype());
        Tensor x = call.presented();
        Tensor dy = call.gradOutput().orElse(x);
        return IntStream.range(0, x.size())
                .anyMatch(i -> drawn.bits(i) == 0 && !(format.isFinite(x.bits(i)) && format.isFinite(dy.bits(i))));
    }

    private static Expected bits(Tensor tensor) {
        return new Expected(tensor, Collections.nCopies(tensor.size(), Relation.BITS));
    }
}
