package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What was seen before an implementation broke is known, though nothing more can be asked. */
class BrokenOffTest {
    private static final long ANSWERED = 300_000;

    /** Forgets the scale of large tensors, and breaks after some elements. */
    private static final class Unscaled implements Implementation {
        private final Implementation sound = new ReferenceImplementation(1);
        private final int from;
        private long answered;

        Unscaled(int from) {
            this.from = from;
        }

        @Override
        public Description description() {
            return Description.of("unscaled", "1");
        }

        @Override
        public Result dropout(Call call) {
            answered += call.input().size();
            if (answered > ANSWERED) {
                throw new ImplementationFault("the run was cut off by a signal");
            }
            Result result = sound.dropout(call);
            return call.training() && call.input().size() >= from ? Result.of(masked(call, result)) : result;
        }

        private static Tensor masked(Call call, Result result) {
            Tensor x = call.presented();
            Tensor.Builder masked = Tensor.builder(x.dtype(), x.shape());
            for (int i = 0; i < x.size(); i++) {
                masked.setBits(i, result.output().value(i) == 0 ? 0 : x.bits(i));
            }
            return masked.build();
        }
    }

    private static Map<String, Verdict> verdicts(int from) {
        return new Certifier(Tier.QUICK, 1, Set.of("MASK-1", "FWD-1"), id -> {})
                .certify(new Unscaled(from)).findings().stream()
                        .collect(Collectors.toMap(
                                finding -> finding.requirement().id(), finding -> finding.verdict()));
    }

    @Test
    void whatTheSamplingSawBrokenIsAFailureThoughItsOwnCheckCouldAskNothing() {
        Map<String, Verdict> verdicts = verdicts(1024);
        assertThat(verdicts.get("FWD-1")).isInstanceOf(Verdict.Fail.class);
        assertThat(verdicts.get("FWD-1").message()).contains("index").contains("expected");
        assertThat(verdicts.get("MASK-1")).isInstanceOf(Verdict.Error.class);
    }

    @Test
    void whatNobodySawBrokenStaysAnError() {
        assertThat(verdicts(Integer.MAX_VALUE).values())
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Error.class));
    }
}
