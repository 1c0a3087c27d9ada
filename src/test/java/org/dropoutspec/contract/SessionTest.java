package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SessionTest {
    /** Answers calls on few elements. */
    private static final class Small implements Implementation {
        private final Implementation reference = new ReferenceImplementation(1);

        @Override
        public Description description() {
            return Description.of("small", "1").withDtypes(DType.FLOAT32);
        }

        @Override
        public Result dropout(Call call) {
            if (call.input().size() > 10) {
                throw new UnsupportedCall("large");
            }
            return Result.of(reference.dropout(call).output());
        }
    }

    /** A certificate states how many elements it rests on. */
    @Test
    void elementsThatGotNoAnswerAreNotCounted() {
        Session session = new Session(new Small(), Tier.QUICK, 1, id -> {});
        Call small = Call.training(0.5, Tensor.full(DType.FLOAT32, Shape.of(7), 1));
        Call large = Call.training(0.5, Tensor.full(DType.FLOAT32, Shape.of(1000), 1));
        session.implementation().dropout(small);
        assertThatThrownBy(() -> session.implementation().dropout(large)).isInstanceOf(UnsupportedCall.class);
        assertThat(session.elements()).isEqualTo(7);
        assertThat(session.inquiry().types().get(DType.FLOAT32)).isEqualTo(new Answers(1, 0, 1, 0));
    }
}
