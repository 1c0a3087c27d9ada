package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.golden.Counterexamples;
import org.dropoutspec.golden.Counterexamples.Broken;
import org.dropoutspec.golden.GoldenVerify;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.mutant.Mutant;
import org.dropoutspec.mutant.Mutants;
import org.dropoutspec.operation.Operations;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.report.Appendix;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What certify found broken, as golden vectors: found again in what is broken, and passed by what is mended. */
class CounterexamplesTest {
    private static final Tensor ONES = Tensor.ofBits(DType.FLOAT32, Shape.of(2), 0x3f800000, 0x3f800000);

    @TempDir
    private Path directory;

    /** An implementation that forgets to scale. */
    public static final class Unscaled implements Implementation {
        private final Implementation sound = new ReferenceFamily(1);

        @Override
        public Description description() {
            return Description.of("unscaled", "1");
        }

        @Override
        public Result dropout(Call call) {
            Result result = sound.dropout(call);
            if (!call.training() || call.rate() == 0) {
                return result;
            }
            Tensor output = result.output();
            long[] words = new long[output.size()];
            for (int i = 0; i < words.length; i++) {
                words[i] = output.value(i) == 0 ? 0 : call.presented().bits(i);
            }
            return Result.of(Tensor.ofBits(output.dtype(), output.shape(), words));
        }
    }

    @Test
    void whatCertifyFoundIsReplayedByGoldenVerifyUntilItIsMended() throws Exception {
        String name = Unscaled.class.getName();
        Run found = Run.of("certify", "--seed", "1", "--only", "FWD-1", "--class", name, "--report", directory + "");
        Path file = directory.resolve("counterexamples.json");
        assertThat(found.exitStatus()).isOne();
        assertThat(found.out())
                .contains("counterexamples as golden vectors: FWD-1")
                .last()
                .asString()
                .contains("golden verify " + file + " --class");
        assertThat(directory.resolve("certificate.json"))
                .content()
                .contains("\"counterexample\" : \"counterexample-fwd-1\"");

        assertThat(Run.of("golden", "verify", file.toString(), "--class", name).exitStatus())
                .isOne();
        assertThat(Run.of("golden", "verify", file.toString()).exitStatus()).isZero();

        Run.of("certify", "--seed", "1", "--only", "FWD-1", "--report", directory.toString());
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FWD-1", "FWD-2", "FWD-5", "FWD-6", "BWD-1", "BWD-2", "BWD-3", "EVAL-1", "EVAL-2", "EVAL-3", "SEED-1",
                "SEED-2", "SEED-3", "SEED-4", "SEED-5", "RATE-2", "RATE-4", "RATE-7", "MASK-4", "MASK-6", "NUM-1",
                "SHAPE-1", "SHAPE-7"
            })
    void aMutantIsFoundAgainAndTheReferencePasses(String requirement) throws Exception {
        Mutant mutant = Mutants.all().stream()
                .filter(one -> one.finding().equals(requirement))
                .findFirst()
                .orElseThrow();
        Optional<Path> file = written(mutant);
        assertThat(file).isPresent();
        GoldenReport report = GoldenVerify.run(file, mutant.implementation().apply(9));
        assertThat(report.failed() + report.advised()).isPositive();
        assertThat(GoldenVerify.run(file, new ReferenceFamily(9)).exitStatus()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spatial_dropout:SPATIAL-1", "stochastic_depth:DEPTH-1", "alpha_dropout:ALPHA-2",
                        "gaussian_dropout:GAUSS-2",
                "dropconnect:CONN-3", "rnn:RNN-2", "attention:ATTN-3", "network:NET-3"
            })
    void aMutantOfAnotherOperationIsFoundAgainToo(String finding) throws Exception {
        Mutant mutant = Operations.all().stream()
                .flatMap(operation -> operation.mutants().stream())
                .filter(one -> one.finding().equals(finding))
                .findFirst()
                .orElseThrow();
        Implementation implementation = mutant.implementation().apply(1);
        Certificate certificate = new Certifier(Tier.QUICK, 1, Set.of(finding), id -> {}).certify(implementation);
        Counterexamples counterexamples = Appendix.counterexamples(certificate, implementation);
        assertThat(counterexamples.ids())
                .containsEntry(
                        finding,
                        "counterexample-" + finding.toLowerCase(Locale.ROOT).replaceAll("[:_]", "-"));
        Optional<Path> file = Optional.of(Files.write(directory.resolve(Counterexamples.FILE), counterexamples.json()));
        assertThat(GoldenVerify.run(file, mutant.implementation().apply(9)).failed())
                .isPositive();
        assertThat(GoldenVerify.run(file, new ReferenceFamily(9)).exitStatus()).isZero();
    }

    private Optional<Path> written(Mutant mutant) throws Exception {
        Implementation implementation = mutant.implementation().apply(1);
        Certificate certificate =
                new Certifier(Tier.QUICK, 1, Set.of(mutant.requirement()), id -> {}).certify(implementation);
        Counterexamples counterexamples = Appendix.counterexamples(certificate, implementation);
        return counterexamples.ids().isEmpty()
                ? Optional.empty()
                : Optional.of(Files.write(directory.resolve(Counterexamples.FILE), counterexamples.json()));
    }

    @Test
    void whatIsNotFoundAgainIsNoCounterexample() {
        Broken alleged = new Broken("FWD-1", List.of(Call.training(0.5, ONES)), "index 0");
        Counterexamples none = Counterexamples.of(List.of(alleged), new ReferenceFamily(1));
        assertThat(none.ids()).isEmpty();
        assertThat(none.others()).containsExactly("FWD-1");
    }

    @Test
    void whatTheFormatHasNoWordsForIsTold() {
        Call rejected = Call.training(2, ONES);
        Broken several = new Broken("RATE-3", List.of(rejected, rejected.withSeed(1), Call.training(0.5, ONES)), "x");
        Broken none = new Broken("STATE-1", List.of(), "x");
        assertThat(Counterexamples.of(List.of(several, none), new ReferenceFamily(1))
                        .others())
                .containsExactly("RATE-3", "STATE-1");
    }

    @Test
    void aStrangersMessageIsOneLineOfText() {
        Broken broken = new Broken("FWD-1", List.of(Call.training(0.5, ONES)), "\u001b[2J\"},\nsecond");
        Counterexamples found = Counterexamples.of(List.of(broken), new Unscaled());
        assertThat(found.ids()).isEqualTo(Map.of("FWD-1", "counterexample-fwd-1"));
        assertThat(new String(found.json(), StandardCharsets.UTF_8))
                .contains("\\\\u001b[2J\\\"},")
                .doesNotContain("second");
    }
}
