package org.dropoutspec.golden.exact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.dropoutspec.golden.format.Answer;
import org.dropoutspec.golden.format.Expectation;
import org.dropoutspec.golden.format.Requirements;
import org.dropoutspec.golden.format.Same;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.ExpectedRelation;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.tensor.Tensor;

/** The expectations of calls, one for each combination of the choices that matter to them. */
public final class ExactExpectations {
    private final String requirement;
    private final List<Call> calls;
    private final List<Optional<Tensor>> masks;
    private final List<Same> same;

    private ExactExpectations(String requirement, List<Call> calls, List<Same> same) {
        this.requirement = requirement;
        this.calls = calls;
        this.masks = PaperStream.masks(calls);
        this.same = same;
    }

    /** The expectations of a single call. */
    public static List<Expectation> of(String requirement, Call call, Scaling scaling) {
        return of(requirement, List.of(call), scaling, List.of());
    }

    /**
     * The expectations of calls that are made one after the other.
     *
     * @param requirement the requirement that they serve; nothing is expected that it does not ask for
     */
    public static List<Expectation> of(String requirement, List<Call> calls, Scaling scaling, List<Same> same) {
        if (calls.size() == 1 && isRejected(calls.get(0))) {
            return List.of(Expectation.rejection(Map.of()));
        }
        List<Expectation> all = new ExactExpectations(requirement, calls, same).under(scaling);
        return requirement.equals(Requirements.RATE_ONE_REJECTED)
                ? all.stream().filter(Expectation::rejected).toList()
                : all;
    }

    private static boolean isRejected(Call call) {
        boolean fits = call.maskShape().broadcastsTo(call.shape());
        return !(call.rate() >= 0 && call.rate() <= 1) || !fits;
    }

    private List<Expectation> under(Scaling scaling) {
        List<Expectation> expectations = new ArrayList<>();
        Map<String, String> when = new TreeMap<>(Map.of("scaling", Expectation.wire(scaling)));
        boolean atOne = calls.stream().anyMatch(call -> call.rate() == 1);
        if (atOne) {
            when.put("rate_one", Expectation.wire(RateOne.ZEROS));
        }
        Choices choices = Choices.defaults().with(scaling);
        if (IntStream.range(0, calls.size()).anyMatch(this::dropsNonfinite)) {
            for (DroppedNonfinite choice : DroppedNonfinite.values()) {
                when.put("dropped_nonfinite", Expectation.wire(choice));
                expectations.add(under(choices.with(choice), when));
            }
        } else {
            expectations.add(under(choices, when));
        }
        if (atOne && calls.size() == 1 && calls.get(0).training()) {
            expectations.add(Expectation.rejection(Map.of("rate_one", Expectation.wire(RateOne.REJECT))));
        }
        return expectations;
    }

    private Expectation under(Choices choices, Map<String, String> when) {
        List<Answer> answers = IntStream.range(0, calls.size())
                .mapToObj(i -> answer(calls.get(i), masks.get(i), choices))
                .toList();
        return new Expectation(when, false, answers, same);
    }

    private Answer answer(Call call, Optional<Tensor> mask, Choices choices) {
        if (call.training() && mask.isEmpty()) {
            return Answer.ANY;
        }
        ExactDropout exact = new ExactDropout(call.input().dtype(), call.rate(), choices);
        return new Answer(
                Optional.of(apply(exact, call, call.presented(), mask)),
                call.gradOutput().map(gradient -> apply(exact, call, gradient, mask)),
                mask.filter(known -> call.training() && (call.mask().isEmpty() || isAboutTheMask()))
                        .map(known -> new Expected(known, Collections.nCopies(known.size(), ExpectedRelation.BITS))));
    }

    private boolean isAboutTheMask() {
        return List.of(Requirements.MASK_SHAPE, Requirements.MASK_APPLIED).contains(requirement);
    }

    private static Expected apply(ExactDropout exact, Call call, Tensor x, Optional<Tensor> mask) {
        return call.training() ? exact.training(x, mask.orElseThrow()) : exact.evaluation(x);
    }

    private boolean dropsNonfinite(int index) {
        Call call = calls.get(index);
        if (masks.get(index).isEmpty() || !call.training()) {
            return false;
        }
        Tensor drawn = masks.get(index).get().broadcastTo(call.shape());
        Ieee format = Ieee.of(call.input().dtype());
        Tensor x = call.presented();
        Tensor dy = call.gradOutput().orElse(x);
        return IntStream.range(0, x.size())
                .anyMatch(i -> drawn.bits(i) == 0 && !(format.isFinite(x.bits(i)) && format.isFinite(dy.bits(i))));
    }
}
