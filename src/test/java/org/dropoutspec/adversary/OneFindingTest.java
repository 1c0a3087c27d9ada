package org.dropoutspec.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken dropouts that several requirements accused of one cause: the one whose sentence it is tells it. */
class OneFindingTest {
    private static final Description HALF = Layer.PLAIN
            .withDtypes(DType.BFLOAT16)
            .withCapabilities(Capability.SEED, Capability.BACKWARD, Capability.MASK_INPUT);

    static Stream<Broken> broken() {
        return Stream.of(
                Broken.of("exchanges the last two of an odd number", ExchangedTail::new, "FWD-2"),
                Broken.of("makes a vector of 4 NaN for a NaN in it", SpreadNaN::new, "FWD-1"),
                Broken.of("reads a strided input with an axis of 1 as it lies in memory", Collapsed::new, "SHAPE-6"),
                Broken.of("reads a noise shape as that of the buffer", NoiseOfBuffer::new, "SHAPE-3"),
                Broken.of("makes the gradient dy y / x", Quotient::new, "BWD-3"),
                Broken.of("takes the mask of the gradient from the output", OfOutput::new, "BWD-3"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void isToldByTheRequirementWhoseSentenceItIs(Broken broken) {
        String own = broken.requirements().iterator().next();
        assertThat(told(broken.implementation().apply(7)))
                .singleElement()
                .asString()
                .startsWith(own + " ");
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void whatIsSoundIsNotAccused(Description description) {
        assertThat(told(new Layer(description, 7))).isEmpty();
    }

    static Stream<Description> descriptions() {
        return Stream.of(HALF, Twist.RICH);
    }

    private static List<String> told(Implementation implementation) {
        Set<String> asked = implementation instanceof NoiseOfBuffer
                ? Set.of("SHAPE-3", "MASK-2")
                : implementation instanceof Quotient || implementation instanceof OfOutput
                        ? Set.of("BWD-3", "MASK-1")
                        : Set.of("FWD-1", "FWD-2", "FWD-4", "MASK-6", "MASK-7", "SHAPE-6");
        return new Certifier(Tier.QUICK, 7, asked, id -> {})
                .certify(implementation).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .map(finding -> finding.requirement().id() + " "
                                + finding.verdict().message())
                        .toList();
    }

    private static final class ExchangedTail extends Layer {
        ExchangedTail(long seed) {
            super(HALF, seed);
        }

        @Override
        Tensor forward(Call call, Tensor x, Tensor mask) {
            Tensor y = super.forward(call, x, mask);
            int last = y.size() - 1;
            return last < 2 || last % 2 == 1
                    ? y
                    : each(y, i -> y.value(i == last ? last - 1 : i == last - 1 ? last : i));
        }
    }

    private static final class SpreadNaN extends Layer {
        SpreadNaN(long seed) {
            super(SEEDED, seed);
        }

        @Override
        Tensor forward(Call call, Tensor x, Tensor mask) {
            Tensor y = super.forward(call, x, mask);
            boolean[] vectors = new boolean[x.size() / 4 + 1];
            for (int i = 0; i < x.size(); i++) {
                vectors[i / 4] |= Double.isNaN(x.value(i));
            }
            return each(y, i -> vectors[i / 4] ? Double.NaN : y.value(i));
        }
    }

    private static final class Collapsed extends Layer {
        Collapsed(long seed) {
            super(Twist.RICH, seed);
        }

        @Override
        Tensor forward(Call call, Tensor x, Tensor mask) {
            boolean collapsed = false;
            for (int axis = 0; axis < rank(call); axis++) {
                collapsed |= rank(call) >= 3 && call.shape().extent(axis) == 1;
            }
            return super.forward(
                    call, collapsed && isStrided(call) ? call.input().reshaped(x.shape()) : x, mask);
        }
    }

    private static final class NoiseOfBuffer extends Layer {
        NoiseOfBuffer(long seed) {
            super(PLAIN.withCapabilities(Capability.NOISE_SHAPE, Capability.PERMUTED_INPUT), seed);
        }

        @Override
        Tensor mask(Call call) {
            Tensor mask = super.mask(call);
            Shape buffer = call.input().shape();
            return isStrided(call) && mask.size() > 1 && mask.shape().broadcastsTo(buffer)
                    ? mask.broadcastTo(buffer).permuted(call.permutation().orElseThrow())
                    : mask;
        }
    }

    private static final class Quotient extends Layer {
        private Tensor in = Tensor.of(DType.FLOAT32, Shape.of(0));
        private Tensor out = in;

        Quotient(long seed) {
            super(SEEDED.withCapabilities(Capability.SEED, Capability.BACKWARD), seed);
        }

        @Override
        Tensor forward(Call call, Tensor x, Tensor mask) {
            in = x;
            out = super.forward(call, x, mask);
            return out;
        }

        @Override
        Tensor backward(Call call, Tensor dy, Tensor mask) {
            return call.rate() == 0 ? dy : each(dy, i -> dy.value(i) * (out.value(i) / in.value(i)));
        }
    }

    private static final class OfOutput extends Layer {
        private Tensor out = Tensor.of(DType.FLOAT32, Shape.of(0));

        OfOutput(long seed) {
            super(SEEDED.withCapabilities(Capability.SEED, Capability.BACKWARD), seed);
        }

        @Override
        Tensor forward(Call call, Tensor x, Tensor mask) {
            out = super.forward(call, x, mask);
            return out;
        }

        @Override
        Tensor backward(Call call, Tensor dy, Tensor mask) {
            Tensor dx = super.backward(call, dy, mask);
            return call.rate() == 0 ? dx : each(dx, i -> out.value(i) == 0 ? 0 : dx.value(i));
        }
    }
}
