package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StderrTailTest {
    @Test
    void whatIsStillInThePipeIsWaitedFor() {
        Thread asking = Thread.currentThread();
        StderrTail tail = new StderrTail(new InputStream() {
            private final InputStream traceback =
                    new ByteArrayInputStream("Traceback\n".getBytes(StandardCharsets.UTF_8));

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                // the draining thread gets its turn only when the other one waits
                while (asking.getState() != Thread.State.TIMED_WAITING && !Thread.interrupted()) {
                    Thread.onSpinWait();
                }
                return traceback.read(bytes, from, length);
            }
        });
        Thread draining = Child.daemon(tail, "draining");
        draining.start();
        assertThat(tail.text()).isEqualTo("\n  Traceback");
        draining.interrupt();
    }
}
