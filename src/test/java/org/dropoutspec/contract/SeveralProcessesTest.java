package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes of one implementation: what all of them draw is one evidence. */
class SeveralProcessesTest {
    private static final Set<String> MASKS = Set.of("MASK-1", "MASK-2", "MASK-3", "MASK-8", "MASK-10", "MASK-11");

    /** A process that notes what it is asked, and makes of the call that it gets another. */
    private static final class Process implements Implementation {
        private static final Description DESCRIPTION = Description.of("process", "1")
                .withDtypes(DType.FLOAT32)
                .withCapabilities(Capability.SEED, Capability.BACKWARD);

        private final Implementation reference;
        private final UnaryOperator<Call> defect;
        private final List<Implementation> beside;
        private final List<Long> seeds = new ArrayList<>();
        private long elements;

        Process(long seed, UnaryOperator<Call> defect, Implementation... beside) {
            this.reference = new ReferenceImplementation(seed);
            this.defect = defect;
            this.beside = List.of(beside);
        }

        @Override
        public Description description() {
            return DESCRIPTION;
        }

        @Override
        public Result dropout(Call call) {
            call.seed().ifPresent(seeds::add);
            Result result = reference.dropout(defect.apply(call));
            elements += call.input().size(); // of a call that was answered, as a certificate counts
            return result;
        }

        @Override
        public List<Implementation> beside() {
            return beside;
        }

        private Set<Long> lowBits() {
            return seeds.stream().map(seed -> seed & 0xFFFF).collect(Collectors.toSet());
        }
    }

    private static Certificate certify(Implementation implementation, Set<String> only) {
        return certify(implementation, 5, only);
    }

    private static Certificate certify(Implementation implementation, long seed, Set<String> only) {
        return new Certifier(Tier.QUICK, seed, only, id -> {}).certify(implementation);
    }

    private static Map<String, Verdict> verdicts(Certificate certificate) {
        return certificate.findings().stream()
                .filter(finding -> MASKS.contains(finding.requirement().id()))
                .collect(Collectors.toMap(finding -> finding.requirement().id(), Certificate.Finding::verdict));
    }

    private static Call biased(Call call) {
        return call.rate() == 0.5 ? call.withRate(0.45) : call;
    }

    @Tag("sound")
    @Test
    void soundProcessesPassTogetherAndShareWhatOneWouldBeAsked() {
        Process alone = new Process(1, call -> call);
        Process third = new Process(4, call -> call);
        Process second = new Process(3, call -> call);
        Process first = new Process(2, call -> call, second, third);
        Certificate one = certify(alone, MASKS);
        Certificate three = certify(first, MASKS);
        assertThat(verdicts(three))
                .hasSize(6)
                .allSatisfy((id, verdict) -> assertThat(verdict).as(id).isInstanceOf(Verdict.Pass.class));
        assertThat(three.elements()).isEqualTo(first.elements + second.elements + third.elements);
        assertThat(three.elements()).isBetween(one.elements() / 2, one.elements() * 3 / 2);
        assertThat(List.of(second.elements, third.elements)).allMatch(asked -> asked > three.elements() / 10);
    }

    /** With these seeds large rows of unusual values would fill what is planned of a rate. */
    @ParameterizedTest
    @ValueSource(longs = {6, 13})
    void eachRateIsDrawnOnOrdinaryValuesToo(long seed) {
        Process first = new Process(2, call -> call, new Process(3, call -> call));
        Certificate certificate = certify(first, seed, Set.of("MASK-12"));
        assertThat(certificate.findings().get(0).verdict()).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void noTwoProcessesAreGivenSeedsThatMayDrawTheSame() {
        Process second = new Process(3, call -> call);
        Process first = new Process(2, call -> call, second);
        certify(first, Set.of("MASK-1"));
        Set<Long> odd = second.lowBits();
        assertThat(odd).hasSizeGreaterThan(50).allMatch(seed -> seed % 2 == 1);
        assertThat(second.seeds).hasSameSizeAs(odd);
        assertThat(first.lowBits()).as("what is asked of the first alone aside").anyMatch(seed -> seed % 2 == 0);
    }

    @Test
    void evidenceIsTheSameWhicheverProcessIsFaster() {
        List<Map<String, Verdict>> runs = new ArrayList<>();
        for (int delay = 0; delay < 2; delay++) {
            int slow = delay;
            Process second = new Process(3, call -> spin(call, 200 * slow));
            Process first = new Process(2, call -> spin(call, 200 * (1 - slow)), second);
            runs.add(verdicts(certify(first, Set.of("MASK-1", "MASK-3"))));
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1));
    }

    private static Call spin(Call call, int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
        return call;
    }

    @Test
    void aDefectOfOneProcessIsFoundInTheWhole() {
        Process sound = new Process(2, call -> call);
        assertThat(verdicts(certify(sound, Set.of("MASK-1"))).get("MASK-1")).isInstanceOf(Verdict.Pass.class);
        Process first = new Process(2, call -> call, new Process(3, SeveralProcessesTest::biased));
        Verdict verdict = verdicts(certify(first, Set.of("MASK-1"))).get("MASK-1");
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.message()).contains("rate 0.5");
    }

    @Test
    void aWrongValueOfOneProcessIsAFailure() {
        Process wrong = new Process(3, call -> call);
        Implementation second = new Implementation() {
            @Override
            public Description description() {
                return wrong.description();
            }

            @Override
            public Result dropout(Call call) {
                Result result = wrong.dropout(call);
                boolean large = call.input().size() > 5000 && call.training();
                Tensor output = Tensor.full(call.input().dtype(), call.shape(), 77);
                return large ? new Result(output, result.mask(), result.gradInput()) : result;
            }
        };
        Certificate certificate = certify(new Process(2, call -> call, second), Set.of("MASK-1", "FWD-1"));
        assertThat(certificate.findings())
                .filteredOn(finding -> finding.requirement().id().equals("FWD-1"))
                .allMatch(finding -> finding.verdict() instanceof Verdict.Fail);
    }

    @Test
    void aProcessThatBreaksLeavesNothingJudged() {
        Process broken = new Process(3, call -> {
            throw new ImplementationFault("the second broke");
        });
        Certificate certificate = certify(new Process(2, call -> call, broken), Set.of("MASK-1"));
        assertThat(certificate.findings().get(0).verdict()).isEqualTo(new Verdict.Error("the second broke"));
        assertThat(certificate.outcome().exitStatus()).isEqualTo(2);
    }
}
