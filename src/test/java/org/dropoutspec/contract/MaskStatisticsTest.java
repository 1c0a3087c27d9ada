package org.dropoutspec.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.UnsupportedCall;
import org.dropoutspec.sampling.Conclusion;
import org.dropoutspec.sampling.Plan;
import org.dropoutspec.sampling.Sampling;
import org.dropoutspec.sampling.StatisticalRequirements;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The statistical requirements, from call to verdict: what passes, what fails and with which words. */
class MaskStatisticsTest {
    private static Certificate certify(Implementation implementation, String... only) {
        return certify(implementation, 5, only.length == 0 ? Set.copyOf(StatisticalRequirements.ALL) : Set.of(only));
    }

    private static Certificate certify(Implementation implementation, long seed, Set<String> only) {
        return new Certifier(Tier.QUICK, seed, only, id -> {}).certify(implementation);
    }

    private static Map<String, Verdict> verdicts(Certificate certificate) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        certificate
                .findings()
                .forEach(finding -> verdicts.put(finding.requirement().id(), finding.verdict()));
        return verdicts;
    }

    private static Map<String, String> words(Certificate certificate) {
        return verdicts(certificate).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().word()));
    }

    private static String message(Implementation implementation, String id) {
        Verdict verdict = verdicts(certify(implementation, id)).get(id);
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        return verdict.message();
    }

    /** The minimal standard generator of Park and Miller, begun anew at every call with the next seed. */
    private static BrokenMasks reseededAtEveryCall() {
        return BrokenMasks.seeded((seed, call) -> {
            long[] state = {(seed + call) % 2_147_483_646 + 1};
            return () -> {
                state[0] = state[0] * 16_807 % 2_147_483_647;
                return state[0] / 2_147_483_647.0;
            };
        });
    }

    @Tag("sound")
    @Test
    void theReferencePasses() {
        long seed = 1;
        Certificate certificate =
                certify(new ReferenceImplementation(seed * 1000), seed, Set.copyOf(StatisticalRequirements.ALL));
        assertThat(words(certificate)).hasSize(11);
        assertThat(certificate.findings())
                .allSatisfy(finding -> assertThat(finding.verdict())
                        .as(finding.requirement().id())
                        .isInstanceOf(Verdict.Pass.class));
        assertThat(verdicts(certificate).get("MASK-1").message())
                .matches("drop rate within 0\\.0\\d+ of 0\\.05, 0\\.1, 0\\.5 and 0\\.9 \\(float32, float64\\); "
                        + "0\\.04998779, 0\\.09997559, 0\\.5 and 0\\.8999023 \\(float16\\); "
                        + "0\\.05004883, 0\\.1000977, 0\\.5 and 0\\.8984375 \\(bfloat16\\); "
                        + "nowhere off by much under one condition alone, in [\\d,]+ elements");
        assertThat(certificate.ledger())
                .anyMatch(line -> line.startsWith("  9.09e-11 each, rejects at ln E >= 23.12: MASK-1, MASK-2"))
                .anyMatch(line -> line.startsWith("masks sampled: "));
    }

    @Test
    void aSoundOpaqueImplementationPassesWhereItCanBeAsked() {
        Map<String, String> words = words(certify(BrokenMasks.opaque(7, BrokenMasks::sound)));
        assertThat(words.remove("SEED-8")).isEqualTo("unsupported");
        assertThat(words.remove("RATE-11")).isEqualTo("unsupported");
        assertThat(words.values()).containsOnly("pass");
    }

    @Test
    void aGeneratorReseededAtEveryCallIsAFrozenPositionAndADependenceBetweenCalls() {
        Map<String, Verdict> verdicts = verdicts(certify(reseededAtEveryCall(), "MASK-1", "MASK-3", "MASK-8"));
        assertThat(verdicts.get("MASK-8")).isInstanceOf(Verdict.Fail.class);
        assertThat(verdicts.get("MASK-8").message())
                .matches(
                        "element \\d+ was dropped in [\\d,]+ of [\\d,]+ calls at rate [\\d.]+ \\(float32 \\[\\d+\\]\\)");
        // in calls of few elements the rate is off too, and element 0 tells the next call's: one cause is told once
        assertThat(verdicts.get("MASK-1").message()).startsWith("not judged because of MASK-8: ");
        assertThat(verdicts.get("MASK-3").message())
                .matches("not judged because of MASK-8: where .* \\(float32 \\[\\d+\\]\\)");
    }

    @Test
    void aFirstElementThatIsAlwaysKeptIsNamed() {
        BrokenMasks firstKept = BrokenMasks.opaque(7, (seed, call) -> {
            BrokenMasks.Source source = BrokenMasks.sound(seed, call);
            int[] index = {0};
            return () -> index[0]++ == 0 ? Math.nextDown(1.0) : source.next();
        });
        assertThat(message(firstKept, "MASK-8"))
                .matches("element 0 was dropped in 0 of [\\d,]+ calls at rate 0\\.\\d+ \\(float32 \\[2\\]\\)");
    }

    @Test
    void elementsThatFollowOthersAreNamedByTheirDistance() {
        BrokenMasks lag3 = BrokenMasks.opaque(7, (seed, call) -> {
            BrokenMasks.Source source = BrokenMasks.sound(seed, call);
            double[] last = new double[3];
            int[] index = {0};
            return () -> {
                int i = index[0]++;
                last[i % 3] = i >= 3 && source.next() < 0.2 ? last[i % 3] : source.next();
                return last[i % 3];
            };
        });
        assertThat(message(lag3, "MASK-2"))
                .matches("where the element 3 before was (dropped|kept), [\\d,]+ of [\\d,]+ elements were dropped,"
                        + " [\\d,.]+ expected at rate 0\\.\\d+ \\(float32 \\[[\\d, ]+\\]\\)");
    }

    @Test
    void uniformNumbersOfEightBitsAreFoundNearTheEdgesAndBetweenNeighbours() {
        BrokenMasks bits = BrokenMasks.seeded((seed, call) -> {
            BrokenMasks.Source source = BrokenMasks.sound(seed, call);
            return () -> Math.floor(source.next() * 256) / 256;
        });
        assertThat(message(bits, "MASK-13"))
                .matches("\\d+ of 40,963 elements were dropped, 80 expected at rate 2\\^-9"
                        + " \\(float32 \\[40963\\]\\)");
        assertThat(message(bits, "RATE-11"))
                .matches("rate 0\\.2969970703125 and rate 0\\.2987060546875 gave different masks under 0 of \\d+ seeds,"
                        + " at least \\d+\\.\\d expected \\(float32 \\[4096\\]\\)");
    }

    @Test
    void aPoolOfMasksAndATruncatedSeedAreRepetitions() {
        BrokenMasks pool = BrokenMasks.opaque(
                7,
                (seed, call) -> BrokenMasks.sound(
                        (long) (4096 * BrokenMasks.sound(seed, call).next()), 0));
        assertThat(message(pool, "MASK-10"))
                .matches("\\d+ of [\\d,]+ stretches of \\d+ elements had been drawn before, 0 expected at rate .*");
        BrokenMasks truncated = BrokenMasks.seeded((seed, call) -> BrokenMasks.sound(seed & 63, call));
        assertThat(message(truncated, "SEED-8"))
                .matches(
                        "where the same element was (kept|dropped) under the seed 64 seeds before, .* \\(float32 .*\\)");
    }

    @Test
    void aRunRepeatsExactlyAndARequirementAloneGetsTheSameVerdict() {
        Certificate first = certify(BrokenMasks.seeded(BrokenMasks::sound));
        Certificate second = certify(BrokenMasks.seeded(BrokenMasks::sound));
        assertThat(verdicts(second)).isEqualTo(verdicts(first));
        for (String id : List.of("MASK-3", "SEED-8", "MASK-13")) {
            Certificate alone = certify(BrokenMasks.seeded(BrokenMasks::sound), id);
            assertThat(verdicts(alone).get(id)).as(id).isEqualTo(verdicts(first).get(id));
        }
    }

    /** What takes small tensors only cannot show enough, and the budget is not spent on what it cannot take. */
    @Test
    void aBudgetThatIsTooSmallIsInconclusive() {
        BrokenMasks sound = BrokenMasks.seeded(BrokenMasks::sound);
        Implementation small = new Implementation() {
            @Override
            public Description description() {
                return sound.description();
            }

            @Override
            public Result dropout(Call call) {
                if (call.input().size() > 4096) {
                    throw new UnsupportedCall("small ones only");
                }
                return sound.dropout(call);
            }
        };
        Sampling sampling = new Sampling(
                small,
                new Plan(1e-3, 0.001, 0.001, 2, 1 << 16, List.of(1, 1), List.of(1, 1), 10_000, List.of(8), 0),
                FalseAlarmShares.open(FalseAlarmShares.FALSE_ALARMS),
                3,
                Set.of("MASK-1", "MASK-2", "MASK-3", "MASK-8", "MASK-11", "MASK-12", "SEED-8"));
        sampling.run();
        Map<String, Conclusion> conclusions = sampling.conclusions();
        assertThat(conclusions).hasSize(7);
        assertThat(conclusions.values()).allMatch(Conclusion.Undecided.class::isInstance);
        assertThat(conclusions.get("MASK-1").message())
                .matches("after [\\d,]+ elements the rate is certified only to within 0\\.\\d+");
    }

    @Test
    void aRejectedCallAnOutputOfAnotherFormAndAnAdapterThatBreaksAreTold() {
        Implementation rejecting = beyondThePlainest(call -> {
            throw new RejectedCall("no");
        });
        assertThat(message(rejecting, "RATE-1")).startsWith("rejected: no (rate ");
        assertThat(verdicts(certify(rejecting, "MASK-2", "MASK-13")).values())
                .containsOnly(new Verdict.Inconclusive("rejected: no", Map.of()));
        Implementation reshaping = beyondThePlainest(call -> Result.of(
                Tensor.full(call.input().dtype(), Shape.of(call.input().size() + 1), 1)));
        assertThat(message(reshaping, "FWD-6")).matches("expected \\[\\d+\\], got \\[\\d+\\] \\(.*");
        assertThat(verdicts(certify(reshaping, "MASK-8", "MASK-13")).values())
                .containsOnly(new Verdict.Inconclusive("no answer was of the type and shape of its input", Map.of()));
        Implementation breaking = beyondThePlainest(call -> {
            throw new IllegalStateException("broken");
        });
        assertThat(words(certify(breaking, "MASK-1", "MASK-13", "MASK-9")).values())
                .containsOnly("error");
        Implementation unable = beyondThePlainest(call -> {
            throw new UnsupportedCall("not today");
        });
        assertThat(words(certify(unable, "MASK-1", "MASK-13", "MASK-9")).values())
                .containsOnly("unsupported");
        assertThat(Arrays.stream(Thread.getAllStackTraces().keySet().toArray(Thread[]::new))
                        .map(Thread::getName))
                .doesNotContain("mask analysis");
    }

    @Test
    void aCoarseResolutionIsHonouredAndLeavesNothingToAskNearTheEdges() {
        BrokenMasks sound = BrokenMasks.opaque(7, (seed, call) -> {
            BrokenMasks.Source source = BrokenMasks.sound(seed, call);
            return () -> Math.floor(source.next() * 256) / 256;
        });
        Implementation coarse = new Implementation() {
            @Override
            public Description description() {
                return sound.description().with(Choices.defaults().withRateResolution(0x1p-8));
            }

            @Override
            public Result dropout(Call call) {
                return sound.dropout(call);
            }
        };
        assertThat(words(certify(coarse, "MASK-1", "MASK-13", "MASK-8")))
                .isEqualTo(Map.of("MASK-1", "pass", "MASK-8", "pass", "MASK-13", "unsupported"));
    }

    private static Implementation beyondThePlainest(Function<Call, Result> answer) {
        BrokenMasks sound = BrokenMasks.opaque(7, BrokenMasks::sound);
        return new Implementation() {
            @Override
            public Description description() {
                return Description.of("answering", "1");
            }

            @Override
            public Result dropout(Call call) {
                boolean plain = call.rate() == 0.5 && call.shape().equals(Shape.of(2, 3));
                return plain ? sound.dropout(call) : answer.apply(call);
            }
        };
    }
}
