package org.dropoutspec.adversary.family;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.operation.BrokenOperation.Defect;
import org.dropoutspec.reference.AlphaDropout;
import org.dropoutspec.tensor.Tensor;

/** Kernels with corners of their own: they draw more than they use, round where they may, and have no code for some extents. */
final class SoundEdges {
    private SoundEdges() {}

    /** It has no code for other calls. */
    private static Defect only(Predicate<OperationCall> possible) {
        return (call, dropout, sound) -> {
            if (!possible.test(call)) {
                throw new UnsupportedCall("there is no kernel for this call");
            }
            return sound.answer(call, dropout);
        };
    }

    private static int extent(OperationCall call, String field, int axis) {
        return call.tensor(field).shape().rank() > axis
                ? call.tensor(field).shape().extent(axis)
                : 1;
    }

    /** A mask as large as the input is drawn, of which the first element of each group counts. */
    private static Defect firstOfEach() {
        return Drawn.changed(d -> {
            long each = Math.max(1, d.call().tensor("input").size() / Math.max(1, d.size()));
            return OwnNumbers.of(d).mask(d, i -> i * each);
        });
    }

    /** Numbers by index, from the last row on and each row in threads of 32 that take every 32nd element. */
    private static Defect inWarps() {
        return Drawn.changed(d -> OwnNumbers.of(d).mask(d, i -> {
            long row = d.size() / d.columns() - i / d.columns();
            long column = i % d.columns();
            return (row * 32 + column % 32 << 26) + column / 32;
        }));
    }

    /** By the inverse of the distribution function, of so many bits. */
    private static Defect byInverse(int bits) {
        return Drawn.changed(d -> d.rate() == 0
                ? d.mask()
                : Changes.each(d.mask(), i -> {
                    double s = Math.sqrt(d.rate() / (1 - d.rate()));
                    double u = ((OwnNumbers.of(d).word(i) >>> 64 - bits) + 0.5) * Math.scalb(1.0, -bits);
                    return 1
                            + s
                                    * new org.apache.commons.math3.distribution.NormalDistribution(null, 0, 1)
                                            .inverseCumulativeProbability(u);
                }));
    }

    /** Pairs by Box and Muller in float32; of an odd number the last sine is thrown away. */
    private static Defect boxMuller() {
        return Drawn.changed(d -> {
            if (d.rate() == 0) {
                return d.mask();
            }
            OwnNumbers numbers = OwnNumbers.of(d);
            float s = (float) Math.sqrt(d.rate() / (1 - d.rate()));
            return Changes.each(d.mask(), i -> {
                float u = ((numbers.word(i / 2 * 2L) >>> 40) + 1) * 0x1p-24f;
                float v = (numbers.word(i / 2 * 2L + 1) >>> 40) * 0x1p-24f;
                float radius = (float) Math.sqrt(-2 * Math.log(u));
                double angle = 2 * Math.PI * v;
                return 1 + s * (radius * (float) (i % 2 == 0 ? Math.cos(angle) : Math.sin(angle)));
            });
        });
    }

    /** Polar, one number after another, as {@code java.util.Random} has it, in float32. */
    private static Defect polarInFloat32() {
        return Drawn.changed(d -> {
            if (d.rate() == 0) {
                return d.mask();
            }
            Random random = new Random(OwnNumbers.of(d).key());
            float s = (float) Math.sqrt(d.rate() / (1 - d.rate()));
            float[] noise = new float[d.size()];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = 1 + s * (float) random.nextGaussian();
            }
            return Changes.each(d.mask(), i -> noise[i]);
        });
    }

    /** First the choice between x and alpha', then the affine map, in double. */
    private static Defect chosenFirst() {
        return (call, dropout, sound) -> {
            OperationResult r = sound.answer(call, dropout);
            if (!Changes.trains(call)) {
                return r;
            }
            Tensor x = call.tensor("input");
            Tensor kept = r.tensor("mask").broadcastTo(x.shape());
            double a = AlphaDropout.scale(call.rate());
            return Changes.field(
                    r,
                    "output",
                    i -> (kept.bits(i) != 0 ? x.value(i) : AlphaDropout.ALPHA) * a
                            - a * call.rate() * AlphaDropout.ALPHA);
        };
    }

    static List<FamilySound> all() {
        return List.of(
                FamilySound.of(
                        "spatial_dropout", "draws for every place and takes the first of each channel", firstOfEach()),
                FamilySound.of(
                        "stochastic_depth", "draws for every place and takes the first of each example", firstOfEach()),
                FamilySound.opaque("attention", "draws rows in warps, the last one first", inWarps()),
                FamilySound.opaque("dropconnect", "draws rows in warps, the last one first", inWarps()),
                FamilySound.opaque("network", "draws rows in warps, the last one first", inWarps()),
                FamilySound.single("gaussian_dropout", "draws by inversion from 23 bits", byInverse(23)),
                FamilySound.single("gaussian_dropout", "draws pairs in float32 from 24 bits", boxMuller()),
                FamilySound.of("gaussian_dropout", "draws pairs in float32 for every type", boxMuller()),
                FamilySound.of(
                        "gaussian_dropout", "draws by the polar method in float32 for every type", polarInFloat32()),
                FamilySound.of("alpha_dropout", "chooses first and maps then", chosenFirst()),
                FamilySound.of("attention", "has one head: a batch of one", only(c -> extent(c, "query", 0) == 1)),
                FamilySound.of(
                        "attention",
                        "has as many queries as keys",
                        only(c -> extent(c, "query", 1) == extent(c, "key", 1))));
    }
}
