package org.dropoutspec.operation.alpha;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.dropoutspec.golden.exact.Approximate;
import org.dropoutspec.golden.exact.ElementArithmetic;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorFile.Note;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.topic.OperationTopic;
import org.dropoutspec.golden.topic.ScriptedWords;
import org.dropoutspec.golden.word.Expected;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Vectors of alpha dropout: a and b from the definition to 120 digits, with the error that its chapter allows. */
final class AlphaVectors implements VectorOperation {
    /** The value that a dropped element takes before the affine map, as the specification writes it. */
    private static final BigDecimal DROPPED = new BigDecimal("-1.7580993408473766");

    /** The number of roundings in a row, as the chapter ALPHA counts them. */
    private static final int ROUNDINGS = 12;

    private static final Note ZEROED = new Note(
            "dropped-to-zero", "drops to 0, or to -α', and not to α'", "tfjs, alphaDropout: -α' with the same b");
    private static final Note NOT_AFFINE = new Note(
            "affine-map-missing",
            "leaves out a or b, or takes them of 1 - rate",
            "no report known; the drop rate taken for the probability of keeping");
    private static final Note GRADIENT = new Note(
            "gradient-without-a", "does not scale the gradient by a", "no report known; a gradient written by hand");

    @Override
    public String name() {
        return Alpha.NAME;
    }

    @Override
    public Set<String> fields() {
        return Set.of("training", "rate", "input", "mask", "noise_shape", "grad_output");
    }

    @Override
    public boolean isScaled() {
        return false;
    }

    @Override
    public List<Drawn> drawn(OperationCall call) {
        Shape shape = call.has("noise_shape")
                ? (Shape) call.required("noise_shape")
                : call.tensor("input").shape();
        return List.of(Drawn.mask("mask", shape, call.rate()));
    }

    @Override
    public Map<String, Object> answer(OperationCall call, Choices choices) {
        Tensor x = call.tensor("input");
        Exact exact = new Exact(new ElementArithmetic(x.dtype()), call, x);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("output", exact.all(i -> exact.output(x, i)));
        call.optionalTensor("grad_output")
                .ifPresent(dy -> answer.put("grad_input", exact.all(i -> exact.gradient(dy, i))));
        return answer;
    }

    /** The arithmetic of one call. */
    private static final class Exact {
        private final ElementArithmetic arithmetic;
        private final OperationCall call;
        private final Tensor x;
        private final int[] cells;
        private final BigDecimal a;
        private final BigDecimal b;

        Exact(ElementArithmetic arithmetic, OperationCall call, Tensor x) {
            this.arithmetic = arithmetic;
            this.call = call;
            this.x = x;
            this.cells = call.optionalTensor("mask")
                    .map(mask -> mask.shape().indicesBroadcastTo(x.shape()))
                    .orElse(new int[0]);
            BigDecimal p = ElementArithmetic.exact(call.rate());
            BigDecimal variance = BigDecimal.ONE
                    .subtract(p)
                    .multiply(BigDecimal.ONE.add(p.multiply(DROPPED).multiply(DROPPED)));
            this.a = call.rate() == 1
                    ? BigDecimal.ZERO
                    : BigDecimal.ONE.divide(variance.sqrt(ElementArithmetic.DIGITS), ElementArithmetic.DIGITS);
            this.b = a.multiply(p).multiply(DROPPED).negate();
        }

        Expected all(IntFunction<Approximate> element) {
            return arithmetic.expected(
                    x.shape(), IntStream.range(0, x.size()).mapToObj(element).toList());
        }

        private boolean isKept(int i) {
            return call.tensor("mask").bool(cells[i]) != 0;
        }

        Approximate output(Tensor values, int i) {
            if (!call.training()) {
                return arithmetic.of(values, i);
            } else if (call.rate() == 1) {
                return Approximate.ZERO;
            }
            BigDecimal v = isKept(i) ? arithmetic.of(values, i).value() : DROPPED;
            return rounded(a.multiply(v).add(b), a.multiply(v).abs().add(b));
        }

        Approximate gradient(Tensor dy, int i) {
            if (!call.training()) {
                return arithmetic.of(dy, i);
            } else if (call.rate() == 1 || !isKept(i)) {
                return Approximate.ZERO;
            }
            BigDecimal value = a.multiply(arithmetic.of(dy, i).value());
            return rounded(value, value.abs());
        }

        private Approximate rounded(BigDecimal value, BigDecimal magnitudes) {
            BigDecimal flushed = arithmetic.tiny().multiply(BigDecimal.valueOf(4));
            return new Approximate(
                    value, magnitudes.multiply(arithmetic.roundings(ROUNDINGS)).add(flushed));
        }
    }

    @Override
    public VectorFile file() {
        OperationTopic topic = new OperationTopic(
                this, "Alpha dropout: kept elements become a x + b, dropped ones a α' + b, and gradients a dy or 0.");
        for (Ieee format : Ieee.values()) {
            Tensor x = ScriptedWords.vector(format, "1 -4 0.5 3 -0.25 8");
            Tensor dy = ScriptedWords.vector(format, "3 -5 2 0.5 7 -1");
            for (double rate : new double[] {0.125, 0.25, 0.5}) {
                topic.add(
                        "alpha-" + format.dtype() + "-r" + rate,
                        "ALPHA-1",
                        "two of six are dropped",
                        topic.call(rate, true)
                                .with("input", x)
                                .with("mask", ScriptedWords.mask(x.shape(), "101101"))
                                .with("grad_output", dy),
                        ZEROED,
                        NOT_AFFINE,
                        GRADIENT);
            }
            String id = "alpha-" + format.dtype() + "-";
            topic.add(
                    id + "dropped",
                    "ALPHA-2",
                    "all are dropped",
                    topic.call(0.25, true).with("input", x).with("mask", ScriptedWords.mask(x.shape(), "0")),
                    ZEROED);
            topic.add(
                    id + "noise-shape",
                    "SHAPE-3",
                    "rows that share an element of the mask",
                    topic.call(0.25, true)
                            .with("input", ScriptedWords.tensor(format, Shape.of(2, 3), "1 -4 0.5 3 -0.25 8"))
                            .with("noise_shape", Shape.of(2, 1))
                            .with("mask", ScriptedWords.mask(Shape.of(2, 1), "01")),
                    NOT_AFFINE);
            topic.add(
                    id + "evaluation",
                    "ALPHA-4",
                    "evaluation is the identity",
                    topic.call(0.25, false).with("input", x).with("grad_output", dy),
                    NOT_AFFINE);
            topic.add(
                    id + "rate-1",
                    "RATE-8",
                    "at rate 1, where a is infinite, all is zero, or the call is rejected",
                    topic.call(1, true)
                            .with("input", x)
                            .with("mask", ScriptedWords.mask(x.shape(), "0"))
                            .with("grad_output", dy));
        }
        topic.addBadRates(
                "alpha-rate", "rate", topic.call(0.5, true).with("input", ScriptedWords.vector(Ieee.FLOAT32, "1 -2")));
        return topic.file();
    }
}
