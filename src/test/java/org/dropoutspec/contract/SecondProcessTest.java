package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;

/** The second process of STATE-8 begins beside the first, and has ended when the requirement is judged. */
class SecondProcessTest {
    /** The first process breaks at the call in which the second begins. */
    private static final class BrokenFirst implements Implementation, AutoCloseable {
        private final CountDownLatch second = new CountDownLatch(1);
        private final CountDownLatch broken = new CountDownLatch(1);
        private boolean started;
        private boolean closed;

        @Override
        public Description description() {
            return Description.of("breaks", "1")
                    .withDtypes(DType.FLOAT32)
                    .with(Seeding.defaults().with(Seeding.Unseeded.FRESH));
        }

        @Override
        public boolean restart() {
            started = true;
            return true;
        }

        @Override
        public Optional<Implementation> another() {
            second.countDown();
            await(broken);
            return Optional.of(this);
        }

        @Override
        public Result dropout(Call call) {
            return new ReferenceImplementation(1).dropout(call);
        }

        @Override
        public OperationResult answer(OperationCall call) {
            if (started) {
                await(second);
            }
            broken.countDown();
            throw new ImplementationFault("the process was killed");
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatHasOnlyBegunWhenTheFirstBreaksIsEndedToo() {
        BrokenFirst first = new BrokenFirst();
        Certificate certificate = new Certifier(Tier.QUICK, 5, Set.of("STATE-8"), id -> {}).certify(first);
        assertThat(certificate.outcome()).hasToString("not-judged");
        assertThat(first.closed).isTrue();
    }
}
