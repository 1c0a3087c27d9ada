package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards of a run in which no masks are needed, so that each takes no time: what is refused does not depend on that. */
class MergeCommandTest {
    @TempDir
    private static Path directory;

    @BeforeAll
    static void shards() {
        shard("1", "1/2", "7");
        shard("2", "2/2", "7");
    }

    private static Path shard(String name, String shard, String seed, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("certify", "--operation", "dropout", "--only", "RATE-2", "--shard", shard));
        arguments.addAll(
                List.of("--seed", seed, "--report", directory.resolve(name).toString()));
        arguments.addAll(List.of(more));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitStatus()).as(run.err().toString()).isZero();
        return directory.resolve(name);
    }

    private static Run merge(Path... certificates) {
        List<String> arguments = new ArrayList<>(List.of("merge"));
        for (Path certificate : certificates) {
            arguments.add(certificate.toString());
        }
        return Run.of(arguments.toArray(String[]::new));
    }

    private static Path first() {
        return directory.resolve("1");
    }

    private static Path second() {
        return directory.resolve("2");
    }

    /** The second shard, as somebody else might have it. */
    private static Path changed(String name, UnaryOperator<String> change) throws IOException {
        String whole = Files.readString(second().resolve("certificate.json"));
        String other = change.apply(whole);
        assertThat(other).as("there is something to change").isNotEqualTo(whole);
        return Files.writeString(directory.resolve(name + ".json"), other);
    }

    private static String text(Run run) {
        return String.join("\n", run.out());
    }

    private static String told(Run run) {
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).hasSize(1);
        return run.err().get(0);
    }

    private static void assertRefused(Run run, String message) {
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasSize(1);
        assertThat(run.err().get(0)).isEqualTo(message.replace("DIR", directory.toString()));
    }

    @Test
    void theOrderOfShardsDoesNotMatter() {
        Run merged = merge(second(), first());
        assertThat(merged.exitStatus()).as(merged.err().toString()).isZero();
        assertThat(text(merged)).contains("conformant in the requirements selected", "seed 7");
        assertThat(text(merge(first(), second())).replaceAll("in [0-9.]+ s", ""))
                .isEqualTo(text(merged).replaceAll("in [0-9.]+ s", ""));
    }

    @Test
    void theMergedCertificateIsOneAsAnyOther() {
        Path report = directory.resolve("merged");
        Run merged = Run.of("merge", first().toString(), second().toString(), "--report", report.toString());
        assertThat(merged.exitStatus()).isZero();
        assertThat(report.resolve("index.html")).exists();
        assertThat(text(Run.of("regrade", report.toString()))).contains("conformant");
        assertRefused(
                merge(report, first()),
                "certificate (DIR/merged/certificate.json) must be of a shard, as certify --shard K/N writes it, and is "
                        + "of a whole run");
    }

    @Test
    void aShardSaysThatItIsNoVerdict() {
        Run run = Run.of(
                "certify",
                "--operation",
                "dropout",
                "--only",
                "RATE-2",
                "--shard",
                "1/2",
                "--seed",
                "7",
                "--report",
                directory.resolve("3").toString());
        assertThat(run.exitStatus()).isZero();
        assertThat(text(run)).contains("shard 1/2 of ", "no verdict of its own: merge judges all 2 shards together");
    }

    @Test
    void aShardTwiceOrMissingIsRefused() {
        assertRefused(merge(first(), first()), "shard (1/2) must be given once");
        assertRefused(merge(second()), "shards must all be given, and missing are 1/2");
    }

    @Test
    void shardsOfOtherRunsAreRefusedByName() {
        assertRefused(
                merge(first(), shard("seed", "2/2", "8")),
                "certificate (DIR/seed/certificate.json) must be of the same seed as DIR/1/certificate.json: 7, and is "
                        + "of 8");
        assertRefused(
                merge(first(), shard("number", "2/3", "7")),
                "certificate (DIR/number/certificate.json) must be of the same number of shards as "
                        + "DIR/1/certificate.json: 2, and is of 3");
        assertRefused(
                merge(first(), shard("tier", "2/2", "7", "--tier", "standard")),
                "certificate (DIR/tier/certificate.json) must be of the same tier as DIR/1/certificate.json: quick, and "
                        + "is of standard");
        assertRefused(
                merge(first(), shard("epsilon", "2/2", "7", "--epsilon", "1e-5")),
                "certificate (DIR/epsilon/certificate.json) must be of the same tier as DIR/1/certificate.json: quick, "
                        + "and is of within 0.00001");
        assertRefused(
                merge(first(), shard("selection", "2/2", "7", "--only", "RATE-3")),
                "certificate (DIR/selection/certificate.json) must be of the same selection as "
                        + "DIR/1/certificate.json: dropout, RATE-2, and is of dropout, "
                        + "RATE-2, RATE-3");
    }

    @Test
    void shardsOfOtherImplementationsAreRefusedByName() throws IOException {
        Path other = changed("name", text -> text.replaceFirst("\"name\" : \"[^\"]*\"", "\"name\" : \"another\""));
        assertThat(told(merge(first(), other))).contains("must be of the same implementation as", "and is of another");
        Path build = changed("build", text -> text.replace("\"seed_bits\" : 53", "\"seed_bits\" : 52"));
        assertThat(told(merge(first(), build))).contains("another build, or other capabilities");
    }

    @Test
    void shardsOfAnotherVersionOfTheSuiteAreRefusedByName() throws IOException {
        Path version =
                changed("version", text -> text.replaceFirst("\"version\" : \"[^\"]*\"", "\"version\" : \"0.1\""));
        assertThat(told(merge(version))).contains("must be of the same version of the suite: ", "and is of 0.1");
        Path specification = changed(
                "specification",
                text -> text.replaceFirst("\"specification\" : \"[^\"]*\"", "\"specification\" : \"abc\""));
        assertThat(told(merge(specification))).contains("must be of the same specification: ", "and is of abc");
    }

    @Test
    void partsOfShardsAreRefused() throws IOException {
        Path none = changed("sites", text -> text.replace("\"site\" : \"mask\"", "\"site\" : \"other\""));
        assertRefused(merge(first(), none), "shard (2/2) must have evidence of dropout, mask");
        Path described = changed("described", text -> text.replace("\"FLOAT32\"", "\"FLOAT31\""));
        assertThat(told(merge(described))).contains("must have a whole shard");
    }

    @Test
    void aShardIsAskedForAsAPartOfARun() {
        String report = directory.resolve("bad").toString();
        assertRefused(
                Run.of("certify", "--shard", "1/2", "--report", report),
                "shard (1/2) must come with --seed, the same for all shards");
        assertRefused(
                Run.of("certify", "--shard", "1/2", "--seed", "7"),
                "shard (1/2) must come with --report, where merge finds it");
        assertRefused(
                Run.of("certify", "--shard", "3/2", "--seed", "7", "--report", report),
                "shard (3/2) must be K/N, such as 2/8: K from 1 to N, and N from 2 to 10000");
        assertRefused(
                Run.of("certify", "--shard", "1/2", "--seed", "7", "--report", report, "--require", "all"),
                "shard (1/2) excludes --processes, --profile, --expect and --require: one shard comes to no verdict");
    }

    @Test
    void anEpsilonTakesThePlaceOfATier() {
        assertRefused(
                Run.of("certify", "--epsilon", "1e-5", "--tier", "deep"),
                "tier (deep) and epsilon (1e-5) exclude each other: name one");
        for (String bad : List.of("0.1", "1e-7", "NaN", "small", "-1e-3")) {
            assertRefused(
                    Run.of("certify", "--epsilon=" + bad), "epsilon (" + bad + ") must be a number from 1e-6 to 1e-2");
        }
        assertThat(text(Run.of("certify", "--operation", "dropout", "--only", "RATE-2", "--epsilon", "2e-3")))
                .contains("tier within 0.002, ");
    }
}
