package org.dropoutspec.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;

/**
 * The plainest calls there are: six elements at rate .5, in each mode, each declared type and with each declared
 * capability once. Who does not answer these is not judged: more likely than an implementation that rejects them is an
 * adapter that is not finished.
 */
final class PlainCalls {
    private static final Shape SHAPE = Shape.of(2, 3);

    private PlainCalls() {}

    /** Asks them all; what is wrong with the first that is not answered. */
    static Optional<String> obstacle(Description description, Function<Call, Result> implementation) {
        for (Call call : calls(description)) {
            try {
                implementation.apply(call);
            } catch (RejectedCall rejection) {
                return Optional.of(
                        "the plainest calls are not answered: rejected: " + rejection.getMessage() + " (" + call + ")");
            } catch (UnsupportedCall cannot) {
                return Optional.of(
                        "what is declared is not answered: unsupported: " + cannot.getMessage() + " (" + call + ")");
            } catch (ImplementationFault broken) {
                return Optional.of(broken.getMessage());
            }
        }
        return Optional.empty();
    }

    private static List<Call> calls(Description description) {
        List<Call> calls = new ArrayList<>();
        for (DType dtype : description.dtypes()) {
            Call plain = Call.training(0.5, Values.COUNTING.fill(dtype, SHAPE, 0));
            calls.add(plain);
            if (Condition.EVALUATION.holdsFor(description)) {
                calls.add(plain.withTraining(false));
            }
        }
        for (Capability capability : description.capabilities()) {
            Call plain = calls.get(0);
            Tensor kept = Tensor.full(DType.BOOL, SHAPE, 1);
            switch (capability) {
                case BACKWARD -> calls.add(plain.withGradOutput(plain.input()));
                case SEED -> calls.add(plain.withSeed(7));
                case MASK_INPUT -> calls.add(plain.withMask(kept));
                case NOISE_SHAPE -> calls.add(plain.withNoiseShape(Shape.of(2, 1)));
                case PERMUTED_INPUT -> calls.add(plain.withPermutation(1, 0));
                default -> {
                    // a reply to a plain call shows the others
                }
            }
        }
        return calls;
    }
}
