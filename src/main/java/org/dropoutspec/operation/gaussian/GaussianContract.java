package org.dropoutspec.operation.gaussian;

import static org.dropoutspec.contract.Applies.EVALUATION;
import static org.dropoutspec.implementation.Capability.BACKWARD;
import static org.dropoutspec.implementation.Capability.NOISE_OUTPUT;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dropoutspec.contract.Checks;
import org.dropoutspec.contract.OperationContract;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/** Chapter GAUSS of the specification. */
public interface GaussianContract extends OperationContract {
    int SMALL = 64;
    int OF_EACH_SIZE = 256;

    @Property
    @Checks(value = "GAUSS-1", pin = "a26d266e")
    default void noiseMultipliesTheInput(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(
            value = "GAUSS-2",
            pin = "e9f9bdbd",
            needs = BACKWARD,
            standsOn = {"GAUSS-1", "GAUSS-3"})
    default void theGradientHasTheNoiseOfTheOutput(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "GAUSS-3", pin = "4726a34a", needs = NOISE_OUTPUT, standsOn = "GAUSS-1")
    default void theReportedNoiseIsTheOneApplied(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "GAUSS-4", pin = "eeddcef6", needs = BACKWARD, when = EVALUATION, standsOn = "EVAL-1")
    default void evaluationPassesTheGradientThrough(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Property
    @Checks(value = "GAUSS-5", pin = "b374959b")
    default void theAnswerHasTheTypeAndShapeOfTheInput(@ForAll("operationCalls") OperationCall call) {
        holds(call);
    }

    @Example
    @Checks(
            value = "GAUSS-6",
            pin = "dd5e8bbc",
            standsOn = {"MASK-1", "MASK-8", "MASK-9", "MASK-13", "RATE-11"})
    default void theNoiseIsNormalInItsShape() {
        if (takesAnyShape()) {
            theNoiseOfSmallCallsIsNormalToo();
        }
        List<NoiseShape> wide = new ArrayList<>();
        List<FineNoise> fine = new ArrayList<>();
        List<OperationCall> ofWide = new ArrayList<>();
        for (OperationCall call : drawing(Shape.of(1 << 17), 0.5)) {
            Tensor x = call.tensor("input");
            NoiseShape shape = new NoiseShape(x.dtype(), rateResolution());
            FineNoise cells = new FineNoise(x.dtype(), shape);
            if (x.dtype().roundoff() <= DType.FLOAT32.roundoff()) {
                wide.add(shape);
                fine.add(cells);
                ofWide.add(call);
            }
            long enough = Math.min(sampledElements() / 2, 1 << 22);
            for (int i = 0; i < 64 && shape.elements() < enough; i++) {
                Tensor y = answered(call).tensor("output");
                if (!y.shape().equals(x.shape())) {
                    return; // a requirement of its own tells this
                }
                shape.add(x, y);
                cells.add(x, y);
                shape.refuted().or(() -> NoiseShape.refuted(wide)).ifPresent(how -> broken(how, call));
            }
            // noise that takes some values too often or never does so wherever it is looked at as a mask
            FineNoise.refuted(List.of(cells)).ifPresent(how -> brokenWhateverTheMask(how, call));
        }
        if (!fine.isEmpty()) {
            FineNoise.refuted(fine).ifPresent(how -> brokenWhateverTheMask(how, ofWide.get(0)));
        }
    }

    /** Checks each small size by itself, a scalar too: pairs, vectors and remainders are drawn by different code. */
    private void theNoiseOfSmallCallsIsNormalToo() {
        for (int size = 0; size <= SMALL; size++) {
            List<OperationCall> ofEachType = drawing(size == 0 ? Shape.of() : Shape.of(size), 0.5);
            OperationCall call = ofEachType.get(ofEachType.size() - 1); // the widest type, whose roundings hide least
            NoiseShape shape = new NoiseShape(call.tensor("input").dtype(), rateResolution());
            while (shape.elements() < OF_EACH_SIZE) {
                Tensor y = answered(call).tensor("output");
                if (!y.shape().equals(call.tensor("input").shape())) {
                    return; // a requirement of its own tells this
                }
                shape.add(call.tensor("input"), y);
            }
            shape.refuted().ifPresent(how -> broken(how, call));
        }
    }
}
