package org.dropoutspec.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.junit.jupiter.api.Test;

/** What a process keeps of calls that it was to let go of is noted, and what a collector lets lie for a while is not. */
class GrowingProcessTest {
    private static final long KEPT = 4096;

    @Test
    void whatEachRetainedCallLeavesBehindIsNoted() {
        Verdict verdict = judged(new Process(calls -> 0, KEPT));
        assertThat(verdict).isInstanceOf(Verdict.Pass.class);
        assertThat(verdict.message())
                .isEqualTo("each retained call leaves 4096 bytes in the memory of the process when it was used or"
                        + " released, as calls that are not retained do not");
        assertThat(verdict.evidence()).containsEntry(Verdict.LEFT_BEHIND, KEPT);
    }

    @Test
    void garbageOfAllCallsIsNotNoted() {
        assertThat(judged(new Process(calls -> calls * KEPT, 1024)).message()).isEmpty();
    }

    @Test
    void aHeapThatGrowsUntilItIsCollectedIsNotNoted() {
        assertThat(judged(new Process(calls -> Math.min(calls, 15_000) * KEPT, 0))
                        .message())
                .isEmpty();
    }

    private static Verdict judged(Process process) {
        return new Certifier(Tier.STANDARD, 1, Set.of("BWD-15"), id -> {})
                .certify(process)
                .findings()
                .get(0)
                .verdict();
    }

    private static final class Process extends SoundLayers {
        private final LongUnaryOperator heap;
        private final long kept;
        private long calls;
        private long retained;

        /**
         * @param heap by how many calls were made
         * @param kept of each call that was retained
         */
        Process(LongUnaryOperator heap, long kept) {
            super(1);
            this.heap = heap;
            this.kept = kept;
        }

        @Override
        protected OperationResult called(OperationCall call) {
            calls++;
            return super.called(call);
        }

        @Override
        protected OperationCall take(long id) {
            retained++;
            return super.take(id);
        }

        @Override
        public OptionalLong residentBytes() {
            return OptionalLong.of(heap.applyAsLong(calls) + retained * kept);
        }
    }
}
