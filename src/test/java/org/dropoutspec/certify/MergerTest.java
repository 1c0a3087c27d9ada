package org.dropoutspec.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.sampling.Part;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MergerTest {
    private static final Set<String> ASKED = Set.of("BWD-1", "FWD-1", "MASK-1", "MASK-3", "MASK-10");
    private static final Description DESCRIPTION = Description.of("process", "1")
            .withDtypes(DType.FLOAT32)
            .withCapabilities(Capability.SEED, Capability.BACKWARD);
    private static final Certifier CERTIFIER = new Certifier(Tier.QUICK, 5, ASKED, id -> {});

    /** A process of the reference, which makes of each call another. */
    private record Process(Implementation reference, UnaryOperator<Call> defect, List<Implementation> beside)
            implements Implementation {
        static Process of(int number, UnaryOperator<Call> defect, Implementation... beside) {
            return new Process(new ReferenceImplementation(7 + number), defect, List.of(beside));
        }

        @Override
        public Description description() {
            return DESCRIPTION;
        }

        @Override
        public Result dropout(Call call) {
            return reference.dropout(defect.apply(call));
        }
    }

    /** Of two. */
    private static final List<Shard> SOUND = shards(CERTIFIER, 2, call -> call);

    private static List<Shard> shards(Certifier certifier, int of, UnaryOperator<Call> defect) {
        List<Shard> shards = new ArrayList<>();
        for (int number = 0; number < of; number++) {
            shards.add(certifier
                    .part(Process.of(number, defect), new Part(number, of))
                    .shard());
        }
        return shards;
    }

    private static Merger merger(int of) {
        return new Merger(CERTIFIER, DESCRIPTION, of);
    }

    private static Certificate merged(List<Shard> shards) {
        Merger merger = merger(shards.size());
        shards.forEach(merger::add);
        return merger.merged();
    }

    private static Verdict verdict(Certificate certificate, String id) {
        return certificate.findings().stream()
                .filter(finding -> finding.requirement().id().equals(id))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void shardsComeToWhatProcessesOfOneMachineDoToTheLastBit() {
        Certificate together = CERTIFIER.certify(
                Process.of(0, call -> call, Process.of(1, call -> call), Process.of(2, call -> call)));
        assertThat(together.outcome()).isEqualTo(Outcome.CONFORMANT);
        List<Shard> shards = shards(CERTIFIER, 3, call -> call);
        Certificate merged = merged(shards);
        assertThat(merged.findings()).isEqualTo(together.findings());
        assertThat(merged.judged()).isEqualTo(together.judged());
        assertThat(merged.elements()).isEqualTo(together.elements());
        assertThat(merged.faults()).isEmpty();
        assertThat(merged.ledger())
                .filteredOn(line -> !line.startsWith("masks sampled"))
                .isEqualTo(together.ledger().stream()
                        .filter(line -> !line.startsWith("masks sampled"))
                        .toList());

        Collections.shuffle(shards, new Random(1));
        assertThat(merged(shards).findings()).isEqualTo(merged.findings());

        Merger two = merger(3);
        shards.subList(1, 3).forEach(two::add);
        Merger nested = merger(3);
        nested.add(shards.get(0));
        two.put().forEach(nested::add);
        assertThat(nested.merged().findings()).isEqualTo(merged.findings());
    }

    @Test
    void aDefectThatNoShardCouldDecideIsDecidedByAllTogether() {
        Certifier rate = new Certifier(Tier.QUICK, 5, Set.of("MASK-1"), id -> {});
        // what one shard holds at the rate one half is too little for so small a deviation
        List<Shard> shards = shards(rate, 6, call -> call.rate() == 0.5 ? call.withRate(0.4976) : call);
        Merger all = new Merger(rate, DESCRIPTION, 6);
        for (Shard shard : shards) {
            Shard.AtSite site = shard.sites().get(0);
            Map<String, Verdict> open = Map.of("MASK-1", new Verdict.Inconclusive("open", Map.of()));
            Merger alone = new Merger(rate, DESCRIPTION, 1);
            alone.add(new Shard(
                    new Part(0, 1), List.of(site.with(site.examination().withVerdicts(open)))));
            assertThat(verdict(alone.merged(), "MASK-1")).as(shard.name()).isNotInstanceOf(Verdict.Fail.class);
            all.add(shard);
        }
        Verdict verdict = verdict(all.merged(), "MASK-1");
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.message()).contains("rate 0.5");
    }

    @Test
    void aWrongValueInAnyShardIsAFailure() {
        List<Shard> shards = new ArrayList<>(SOUND);
        Process sound = Process.of(1, call -> call);
        Implementation wrong = new Implementation() {
            @Override
            public Description description() {
                return sound.description();
            }

            @Override
            public Result dropout(Call call) {
                Result result = sound.dropout(call);
                boolean large = call.input().size() > 5000 && call.training();
                Tensor output = Tensor.full(call.input().dtype(), call.shape(), 77);
                return large ? new Result(output, result.mask(), result.gradInput()) : result;
            }
        };
        Certifier.OfPart second = CERTIFIER.part(wrong, new Part(1, 2));
        assertThat(second.certificate().outcome()).isEqualTo(Outcome.NONCONFORMANT);
        shards.set(1, second.shard());
        Certificate merged = merged(shards);
        assertThat(verdict(merged, "FWD-1")).isInstanceOf(Verdict.Fail.class);
        assertThat(merged.outcome()).isEqualTo(Outcome.NONCONFORMANT);
    }

    @Test
    void whatBrokeInAShardLeavesNothingJudged() {
        List<Shard> shards = new ArrayList<>(SOUND);
        Certifier.OfPart second = CERTIFIER.part(
                Process.of(1, call -> {
                    throw new org.dropoutspec.implementation.ImplementationFault("the second broke");
                }),
                new Part(1, 2));
        assertThat(second.certificate().outcome()).isEqualTo(Outcome.NOT_JUDGED);
        shards.set(1, second.shard());
        Certificate merged = merged(shards);
        assertThat(verdict(merged, "MASK-1")).isEqualTo(new Verdict.Error("the second broke"));
        assertThat(merged.outcome()).isEqualTo(Outcome.NOT_JUDGED);
    }

    @Test
    void oneShardAloneIsNotJudged() {
        Certificate first =
                CERTIFIER.part(Process.of(0, call -> call), new Part(0, 2)).certificate();
        assertThat(first.outcome()).isEqualTo(Outcome.NOT_JUDGED);
        assertThat(verdict(first, "MASK-1"))
                .isEqualTo(new Verdict.Inconclusive("counted in one shard; merge judges the masks of all", Map.of()));
        assertThat(verdict(first, "BWD-1")).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void shardsThatDoNotBelongTogetherAreRefused() {
        List<Shard> shards = new ArrayList<>(SOUND);
        Merger merger = merger(2);
        merger.add(shards.get(1));
        assertThatThrownBy(() -> merger.add(shards.get(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shard (2/2) must be given once");
        assertThatThrownBy(merger::merged)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shards must all be given, and missing are 1/2");
        assertThatThrownBy(() -> merger(3).add(shards.get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shard (1/2) must be one of 3");
        assertThatThrownBy(() -> merger(1000).merged())
                .hasMessage("shards must all be given, and missing are 1/1000, 2/1000, 3/1000, 4/1000, 5/1000 "
                        + "and 995 others");
        Shard.AtSite site = shards.get(0).sites().get(0);
        Shard damaged = new Shard(
                shards.get(0).part(),
                List.of(site.with(site.examination()
                        .with(site.examination().counted().orElseThrow().with(new byte[] {1, 2, 3})))));
        assertThatThrownBy(() -> merger(2).add(damaged))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("shard (1/2): evidence is damaged");
    }

    @Test
    void aShardIsNamedByItsNumberAmongAll() {
        assertThat(Shard.part("2/8")).isEqualTo(new Part(1, 8));
        for (String bad : List.of("0/8", "9/8", "8", "a/b", "1/1", "", "1/10001", "-1/4")) {
            assertThatThrownBy(() -> Shard.part(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("shard (" + bad + ") must be K/N, such as 2/8: K from 1 to N, and N from 2 to 10000");
        }
    }
}
