package org.dropoutspec.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.mutant.Mutant;
import org.junit.jupiter.api.Test;

class SelfTestTest {
    private static final Verdict PASS = new Verdict.Pass("", Map.of());
    private static final Verdict FAIL = new Verdict.Fail("index 3, expected 0, got 1.25", Map.of());
    private static final Verdict OPEN = new Verdict.Inconclusive("too few", Map.of());

    @Test
    void aMutantThatIsFoundIsAsItShouldBe() {
        SelfTestResult result = result(List.of(mutant("BWD-1", Map.of("BWD-1", FAIL))), sound(PASS));
        assertThat(result.exitStatus()).isZero();
        assertThat(result.lines()).anyMatch(line -> line.startsWith("a-mutant") && line.endsWith("X"));
    }

    @Test
    void aMutantThatOnlyOthersFindIsMissed() {
        SelfTestResult result = result(List.of(mutant("BWD-1", Map.of("BWD-1", OPEN, "BWD-2", FAIL))), sound(PASS));
        assertThat(result.exitStatus()).isOne();
        assertThat(result.lines())
                .anyMatch(line -> line.startsWith("a-mutant") && line.endsWith("!x"))
                .anyMatch(line -> line.startsWith("missed: a-mutant by BWD-1, inconclusive"));
    }

    @Test
    void aMutantWhoseRequirementHasNoCheckIsNotTakenForFound() {
        SelfTestResult result = result(List.of(mutant("NUM-6", Map.of())), sound(PASS));
        assertThat(result.exitStatus()).isOne();
        assertThat(result.lines()).anyMatch(line -> line.startsWith("no check for NUM-6"));
    }

    @Test
    void aSoundImplementationMayNotBeFoundFaultWithNorStayOpen() {
        assertThat(result(List.of(), sound(FAIL)).exitStatus()).isOne();
        assertThat(result(List.of(), sound(OPEN)).exitStatus()).isOne();
    }

    @Test
    void oneMutantAgainstEverything() {
        List<String> progress = new ArrayList<>();
        SelfTest test = new SelfTest(Tier.QUICK, 1, mutant -> true, progress::add);
        MutantRun trial = test.mutant(
                new Mutant("rate-nan-as-zero", "RATE-4", "takes NaN for 0", SelfTestTest::nanAsZero), MutantScope.ALL);
        assertThat(progress).containsExactly("rate-nan-as-zero");
        assertThat(trial.foundBy()).contains("RATE-4").doesNotContain("FWD-1", "EVAL-1");
        assertThat(trial.verdicts()).containsOnlyKeys(SelfTest.checked());
        assertThat(trial.elements()).isPositive();
        SelfTestResult result = result(List.of(trial), sound(PASS));
        assertThat(result.lines()).allMatch(line -> line.length() <= 120);
        ObjectNode json = result.json();
        assertThat(json.at("/mutants/0/requirement").asText()).isEqualTo("RATE-4");
        assertThat(json.at("/mutants/0/found").asBoolean()).isTrue();
        assertThat(json.at("/mutants/0/message").asText()).contains("(rate ");
        assertThat(json.at("/sound/0/verdicts/BWD-1").asText()).isEqualTo("pass");
    }

    /** Of one type and without any capability: everything is asked soon. */
    private static Implementation nanAsZero(long seed) {
        Implementation reference = new ReferenceImplementation(seed);
        return new Implementation() {
            @Override
            public Description description() {
                return Description.of("plain", "1");
            }

            @Override
            public Result dropout(Call call) {
                Call good = Double.isNaN(call.rate()) ? call.withRate(0) : call;
                return Result.of(reference.dropout(good).output());
            }
        };
    }

    private static SelfTestResult result(List<MutantRun> mutants, MutantRun sound) {
        return new SelfTestResult(Tier.QUICK, 1, MutantScope.ALL, mutants, List.of(sound));
    }

    private static MutantRun mutant(String own, Map<String, Verdict> verdicts) {
        return new MutantRun("a-mutant", Optional.of(own), "is wrong", verdicts, 1000, 0.1);
    }

    private static MutantRun sound(Verdict verdict) {
        return new MutantRun("a sound one", Optional.empty(), "", Map.of("BWD-1", verdict), 1000, 0.1);
    }
}
