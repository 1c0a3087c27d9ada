package org.dropoutspec.operation.attention;

import java.util.Optional;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.reference.Attention;
import org.dropoutspec.reference.BernoulliMask;
import org.dropoutspec.reference.Dropout;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** The reference's attention, example by example, computed in double throughout and rounded once to the type. */
final class ReferenceAttention {
    private ReferenceAttention() {}

    /** The numbers of one example that the reference computes with. */
    record Example(double[][] query, double[][] key, double[][] value, double scale, double[][] p, double[][] factor) {
        Attention.Gradients gradients(double[][] gradOutput, double[][] factors) {
            return Attention.backward(query, key, value, scale, p, factors, gradOutput);
        }
    }

    /** The two steps that a broken implementation may do in another way. */
    interface Way {
        Way SOUND = new Way() {};

        default double[][] output(Example example) {
            return Attention.forward(example.p, example.factor, example.value);
        }

        default Attention.Gradients gradients(Example example, double[][] gradOutput) {
            return example.gradients(gradOutput, example.factor);
        }
    }

    static OperationResult answer(OperationCall call, Dropout dropout, Way way) {
        AttentionExtents extents = AttentionExtents.of(call);
        double rate = BernoulliMask.requireRate(call.rate());
        Optional<Tensor> mask = call.training()
                ? Optional.of(call.optionalTensor("mask").orElseGet(() -> dropout.drawMask(extents.mask(), rate)))
                : Optional.empty();
        // a mask of ones through plain dropout gives the factors: the scale where it keeps, 0 where it drops
        Tensor ones = Tensor.full(DType.FLOAT64, extents.mask(), 1);
        Tensor factors = mask.map(drawn -> dropped(ones, drawn, rate)).orElse(ones);
        DType dtype = call.tensor("query").dtype();
        Filled output = new Filled(dtype, extents.output());
        Filled dq = new Filled(dtype, extents.query());
        Filled dk = new Filled(dtype, extents.key());
        Filled dv = new Filled(dtype, extents.value());
        for (int b = 0; b < extents.examples(); b++) {
            double[][] query = rows(call.tensor("query"), b);
            double[][] key = rows(call.tensor("key"), b);
            double scale = call.number("scale");
            double[][] p = Attention.probabilities(query, key, scale);
            Example example = new Example(query, key, rows(call.tensor("value"), b), scale, p, rows(factors, b));
            output.add(way.output(example));
            if (call.has("grad_output")) {
                Attention.Gradients gradients = way.gradients(example, rows(call.tensor("grad_output"), b));
                dq.add(gradients.query());
                dk.add(gradients.key());
                dv.add(gradients.value());
            }
        }
        OperationResult result = OperationResult.of("output", output.tensor());
        result = mask.isPresent() ? result.with("mask", mask.get()) : result;
        return call.has("grad_output")
                ? result.with("grad_query", dq.tensor())
                        .with("grad_key", dk.tensor())
                        .with("grad_value", dv.tensor())
                : result;
    }

    private static Tensor dropped(Tensor ones, Tensor mask, double rate) {
        return rate == 1 ? Tensor.full(DType.FLOAT64, ones.shape(), 0) : Dropout.forward(ones, mask, rate);
    }

    /** The rows of one example of a tensor of rank 3. */
    private static double[][] rows(Tensor tensor, int example) {
        Shape shape = tensor.shape();
        double[][] rows = new double[shape.extent(1)][];
        int at = example * shape.extent(1) * shape.extent(2);
        for (int k = 0; k < rows.length; k++) {
            double[] row = new double[shape.extent(2)];
            for (int i = 0; i < row.length; i++) {
                row[i] = tensor.value(at++);
            }
            rows[k] = row;
        }
        return rows;
    }

    /** A tensor that is filled row by row. */
    private static final class Filled {
        private final DType dtype;
        private final Tensor.Builder tensor;
        private int at;

        Filled(DType dtype, Shape shape) {
            this.dtype = dtype;
            this.tensor = Tensor.builder(dtype, shape);
        }

        void add(double[][] rows) {
            for (double[] row : rows) {
                for (double x : row) {
                    tensor.setBits(at++, dtype.round(x));
                }
            }
        }

        Tensor tensor() {
            return tensor.build();
        }
    }
}
