package org.dropoutspec.mutant;

import static org.dropoutspec.mutant.SoundDropout.EVERYTHING;

import java.util.List;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.math3.random.MersenneTwister;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Choices.DroppedNonfinite;
import org.dropoutspec.implementation.Choices.RateOne;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Sound implementations of every kind that can be declared; no check may find fault with them. */
public final class SoundImplementations {
    private static final Capability[] NOTHING = {};

    private SoundImplementations() {}

    /**
     * A sound implementation.
     *
     * @param name what distinguishes it from the others
     * @param implementation makes an instance whose unseeded stream begins at the given seed
     */
    public record Sound(String name, LongFunction<? extends Implementation> implementation) {}

    public static List<Sound> all() {
        return List.of(
                new Sound("reference", ReferenceImplementation::new),
                new Sound("selects and divides", seed -> new SoundDropout(EVERYTHING, seed)),
                new Sound(
                        "multiplies by the mask",
                        seed -> new SoundDropout(
                                EVERYTHING.with(Choices.defaults().with(DroppedNonfinite.NAN)), seed)),
                new Sound(
                        "rejects rate 1",
                        seed -> new SoundDropout(
                                EVERYTHING.with(Choices.defaults().with(RateOne.REJECT)), seed)),
                new Sound(
                        "classic scaling",
                        seed -> new SoundDropout(
                                EVERYTHING.with(Choices.defaults().with(Scaling.CLASSIC)), seed)),
                new Sound("scale rounded to the type, float32 and float64", ReciprocalInItsType::new),
                new Sound("Mersenne Twister", Twister::new),
                new Sound("SplitMix64", SplitMix::new),
                new Sound("no capability", seed -> new SoundDropout(EVERYTHING.withCapabilities(NOTHING), seed)),
                new Sound(
                        "float16 alone, mask reported",
                        seed -> new SoundDropout(
                                EVERYTHING.withDtypes(DType.FLOAT16).withCapabilities(Capability.MASK_OUTPUT), seed)),
                new Sound("rate of 24 bits", RateOf24Bits::new),
                new Sound("seeds of 27 bits", FewSeedBits::new),
                new Sound("no stream", WithoutStream::new),
                new Sound("no evaluation", WithoutEvaluation::new),
                new Sound("layers that seeds reach one by one", SoundLayers::new),
                new Sound("layers that a seed reaches all", InstanceMutants::global),
                new Sound("layers that draw in rejected calls too", DrawingWhenRejected::new),
                new Sound("layers that draw from one generator until they are seeded", OneForTheUnseeded::new),
                new Sound("rate dithered to 7 bits, declared", WanderingRate.Dithered::new),
                new Sound("rate that wanders by call, declared", WanderingRate.ByCall::new),
                new Sound("rate steered towards the right number, declared", WanderingRate.Ratchet::new),
                new Sound("number of drops drawn first, coupled over rates", CountFirst::new),
                new Sound("a generator for each kernel", KernelsOfTheirOwn::new));
    }

    /** Draws before it looks at the rate, so rejected calls draw too, each layer from its own stream. */
    private static final class DrawingWhenRejected extends SoundLayers {
        DrawingWhenRejected(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            if (call.rate() > 1) {
                layer(call.instance()).drawMask(Shape.of(1), 0.5);
            }
            return super.called(call);
        }
    }

    /** Layers without a seed share the library's generator, as those of Keras on PyTorch do. */
    private static final class OneForTheUnseeded extends SoundLayers {
        /** The layer that stands for the shared generator; no call names it. */
        private static final long SHARED = 16;

        private static final String SEEDED = " seeded ";

        private final TreeSet<Integer> seeded = new TreeSet<>();

        OneForTheUnseeded(long seed) {
            super(seed);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            boolean own = call.seed().isPresent() || seeded.contains(call.instance());
            return super.called(own ? call : call.with("instance", SHARED));
        }

        @Override
        protected void seed(int instance, long seed) {
            super.seed(instance, seed);
            seeded.add(instance);
        }

        @Override
        protected String state() {
            return super.state() + SEEDED + seeded.stream().map(String::valueOf).collect(Collectors.joining(","));
        }

        @Override
        protected void restore(String state) {
            int end = state.contains(SEEDED) ? state.indexOf(SEEDED) : state.length();
            super.restore(state.substring(0, end));
            seeded.clear();
            Pattern.compile("\\d+")
                    .matcher(state.substring(end))
                    .results()
                    .forEach(number -> seeded.add(Integer.valueOf(number.group())));
        }
    }

    /** Multiplies by a scale computed and rounded in the element type; in a half type NUM-2 advises against it. */
    private static final class ReciprocalInItsType extends SoundDropout {
        ReciprocalInItsType(long seed) {
            super(EVERYTHING.withDtypes(DType.FLOAT32, DType.FLOAT64), seed);
        }

        @Override
        long scaled(Call call, long x) {
            DType t = dtype(call);
            double keep = t.value(t.round(1 - t.value(t.round(call.rate()))));
            boolean ordinary = keep > 0 && call.rate() > 0;
            return ordinary ? t.round(value(call, x) * t.value(t.round(1 / keep))) : super.scaled(call, x);
        }
    }

    /** Draws by MT19937, as NumPy's legacy generator and PyTorch on a CPU do. */
    private static final class Twister extends SoundDropout {
        private final MersenneTwister twister;

        Twister(long seed) {
            super(EVERYTHING, seed);
            this.twister = new MersenneTwister(seed);
        }

        @Override
        void reseed(long value) {
            twister.setSeed(value);
        }

        @Override
        Tensor draw(Call call) {
            boolean[] kept = new boolean[call.maskShape().size()];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = twister.nextDouble() >= call.rate();
            }
            return Tensor.ofBooleans(call.maskShape(), kept);
        }
    }

    /** The base of the mutants of masks, without a defect. */
    private static final class SplitMix extends SoundMasks {
        SplitMix(long seed) {
            super(seed);
        }

        @Override
        void fill(byte[] kept, Call call) {
            fillSoundly(kept, call.rate());
        }
    }

    /**
     * Has separate kernels for large inputs, strided inputs, noise shapes and half types, each with its own key made
     * from the seed. So under one seed the kernels draw different masks, and each repeats its own.
     */
    private static final class KernelsOfTheirOwn extends SoundDropout {
        private long seed;
        private long draws;

        KernelsOfTheirOwn(long seed) {
            super(EVERYTHING, seed);
            this.seed = seed;
        }

        @Override
        void reseed(long value) {
            seed = value;
            draws = 0;
        }

        @Override
        Tensor draw(Call call) {
            int kernel = (call.shape().size() >= 1000 ? 1 : 0)
                    + (call.permutation().isPresent() ? 2 : 0)
                    + (call.noiseShape().isPresent() ? 4 : 0)
                    + (dtype(call).fractionBits() < 16 ? 8 : 0);
            return BernoulliMask.draw(call.maskShape(), call.rate(), seed | (long) kernel << 54, draws++);
        }
    }

    /** Compares the rate with a uniform number of 24 bits, as drawn in float32, so its rates are multiples of 2^-24. */
    private static final class RateOf24Bits extends SoundDropout {
        RateOf24Bits(long seed) {
            super(EVERYTHING, seed);
        }

        @Override
        Tensor draw(Call call) {
            return nextMask(call.maskShape(), Math.scalb(Math.ceil(Math.scalb(call.rate(), 24)), -24));
        }
    }
}
