package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real code takes for something else: a NaN that is negative or signals, a zero that needs no draw, a seed that means none. */
class SpecialValuesTest {
    private static final int SIGN = 1 << 31;
    private static final int INFINITY = 0x7F80_0000;
    private static final int QUIET = 0x0040_0000;

    /** Moves the stream on by one at every draw, and begins it anew where a seed is given. */
    private static final class Masks {
        private final Dropout stream = new Dropout(5);

        Result answer(Call call, boolean takesSeed) {
            if (takesSeed) {
                call.seed().ifPresent(stream::reseed);
            }
            return call.training()
                    ? answer(call, stream.drawMask(call.maskShape(), call.rate()))
                    : answered(call, call.presented(), call.gradOutput().orElse(call.presented()));
        }

        static Result answer(Call call, Tensor mask) {
            Tensor behind = call.gradOutput().orElse(call.presented());
            return answered(
                            call,
                            Dropout.forward(call.presented(), mask, call.rate()),
                            Dropout.backward(behind, mask, call.rate()))
                    .withMask(mask);
        }

        private static Result answered(Call call, Tensor output, Tensor gradient) {
            Result result = Result.of(output);
            return call.gradOutput().isPresent() ? result.withGradInput(gradient) : result;
        }
    }

    @Test
    void aNegativeNanIsOne() {
        Masks masks = new Masks();
        assertThat(told(Set.of("FWD-3", "FWD-4"), call -> {
                    Result result = masks.answer(call, true);
                    Tensor x = call.presented();
                    return call.training()
                            ? new Result(
                                    each(
                                            result.output(),
                                            i -> isNaN(x, i) && x.bits(i) >>> 31 != 0 ? 0 : bits(result, i)),
                                    result.mask(),
                                    result.gradInput())
                            : result;
                }))
                .containsExactly("FWD-4");
    }

    @Test
    void aSignallingNanIsOne() {
        Masks masks = new Masks();
        assertThat(told(Set.of("EVAL-1", "EVAL-2"), call -> {
                    Result result = masks.answer(call, true);
                    Tensor x = call.presented();
                    return call.training()
                            ? result
                            : new Result(
                                    each(
                                            x,
                                            i -> isNaN(x, i) && (x.bits(i) & QUIET) == 0
                                                    ? (int) x.bits(i) & SIGN | INFINITY
                                                    : (int) x.bits(i)),
                                    result.mask(),
                                    result.gradInput());
                }))
                .containsExactly("EVAL-1");
    }

    /** The words go to the elements that are not 0, so that masks of other inputs are others. */
    @Test
    void masksThatFollowTheInputAreToldByThatAlone() {
        Masks masks = new Masks();
        assertThat(told(Set.of("MASK-7", "FWD-3", "FWD-4", "BWD-3"), call -> {
                    if (!call.training() || call.seed().isEmpty()) {
                        return masks.answer(call, true);
                    }
                    Tensor drawn = BernoulliMask.draw(
                            call.maskShape(), call.rate(), call.seed().getAsLong(), 0);
                    boolean[] kept = new boolean[call.shape().size()];
                    for (int i = 0, word = 0; i < kept.length; i++) {
                        kept[i] = drawn.bool(word) != 0;
                        word += call.presented().value(i) == 0 ? 0 : 1;
                    }
                    return Masks.answer(call, Tensor.ofBooleans(call.shape(), kept));
                }))
                .containsExactly("MASK-7");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, (1L << 31) - 1, (1L << 32) - 1, (1L << 53) - 1})
    void aSeedThatIsTakenForNoneIsAsked(long none) {
        Masks masks = new Masks();
        assertThat(told(Set.of("SEED-1"), call -> masks.answer(call, call.seed().orElse(none) != none)))
                .containsExactly("SEED-1");
    }

    private static boolean isNaN(Tensor x, int index) {
        return Float.isNaN(x.floatAt(index));
    }

    private static int bits(Result result, int index) {
        return (int) result.output().bits(index);
    }

    private static Tensor each(Tensor like, IntUnaryOperator bits) {
        Tensor.Builder tensor = Tensor.builder(like.dtype(), like.shape());
        for (int i = 0; i < like.size(); i++) {
            tensor.setFloatBits(i, bits.applyAsInt(i));
        }
        return tensor.build();
    }

    private static List<String> told(Set<String> asked, Function<Call, Result> answer) {
        return new Certifier(Tier.QUICK, 7, asked, id -> {})
                .certify(Handwritten.that(answer)).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .map(finding -> finding.requirement().id())
                        .toList();
    }
}
