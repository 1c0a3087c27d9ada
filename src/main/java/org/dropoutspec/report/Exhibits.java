package org.dropoutspec.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices.Scaling;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.oracle.Scaled;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.dropoutspec.tensor.Ulp;

/**
 * Some calls of plain dropout that are made to be looked at, after the verdict. They are no part of the verdict.
 *
 * @param masks of successive calls, of one type at rate .5, row by row; a bit is set where an element is dropped
 * @param errors the largest error among the kept elements, in ulp of the type, by type and rate
 */
public record Exhibits(List<byte[]> masks, Map<String, Long> errors) {
    static final int ROWS = 16;
    static final int COLUMNS = 64;
    private static final int CALLS = 64;
    private static final Shape SHAPE = Shape.of(ROWS, COLUMNS);
    private static final List<Double> RATES = List.of(0.1, 0.3, 0.5, 0.7, 0.9);

    /** Empty where there is no plain dropout to show, only few shapes can be asked, or the calls are not answered. */
    static Optional<Exhibits> of(Implementation implementation) {
        Description description = implementation.description();
        List<DType> types = DType.floating(description.dtypes());
        if (!description.operations().contains(PlainDropout.NAME)
                || types.isEmpty()
                || description.can(Capability.FEW_SHAPES)) {
            return Optional.empty();
        }
        try {
            List<byte[]> masks = new ArrayList<>();
            Call call = Call.training(0.5, Tensor.full(types.get(0), SHAPE, 1));
            for (int i = 0; i < CALLS; i++) {
                masks.add(dropped(implementation.dropout(call).output()));
            }
            Map<String, Long> errors = new LinkedHashMap<>();
            if (description.choices().scaling() == Scaling.INVERTED) {
                for (DType type : types) {
                    for (double wanted : RATES) {
                        double rate = type.value(type.round(wanted));
                        errors.put(type + " " + wanted, error(implementation, type, rate));
                    }
                }
            }
            return Optional.of(new Exhibits(masks, errors));
        } catch (RejectedCall | UnsupportedCall | ImplementationFault none) {
            return Optional.empty(); // the verdict stands, and there is nothing to show
        }
    }

    private static byte[] dropped(Tensor output) {
        if (!output.shape().equals(SHAPE)) {
            throw new UnsupportedCall("the output has another shape");
        }
        byte[] mask = new byte[output.size() / 8];
        for (int i = 0; i < output.size(); i++) {
            mask[i / 8] |= (byte) (output.value(i) == 0 ? 1 << i % 8 : 0);
        }
        return mask;
    }

    /** The largest error in ulp. The inputs lie from 1 to 2, where every number has the same distance to the next. */
    private static long error(Implementation implementation, DType type, double rate) {
        double[] values = new double[SHAPE.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.value(type.round(1 + (double) i / values.length));
        }
        Tensor input = Tensor.of(type, SHAPE, values);
        Result result = implementation.dropout(Call.training(rate, input));
        Tensor output = result.output();
        if (!output.shape().equals(SHAPE) || output.dtype() != type) {
            throw new UnsupportedCall("the output has another form");
        }
        long most = 0;
        for (int i = 0; i < values.length; i++) {
            if (output.value(i) != 0 && !type.isNaN(output.bits(i))) {
                long exact = Scaled.quotient(type, input.bits(i), rate);
                most = Math.max(most, Ulp.distance(type, exact, output.bits(i)));
            }
        }
        return most;
    }

    void addTo(ObjectNode certificate) {
        ObjectNode node = certificate.putObject("exhibits");
        masks.forEach(mask -> node.withArray("masks").add(Base64.getEncoder().encodeToString(mask)));
        ObjectNode ulps = node.putObject("largest_error_in_ulp");
        errors.forEach(ulps::put);
    }
}
