package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.Label;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorJson;
import org.dropoutspec.golden.format.VectorOperation;
import org.dropoutspec.golden.format.VectorOperations;
import org.dropoutspec.golden.format.VectorReader;
import org.dropoutspec.golden.format.VectorTree;
import org.dropoutspec.golden.format.WordsTree;
import org.dropoutspec.golden.topic.Catalogue;
import org.dropoutspec.golden.topic.Flag;
import org.dropoutspec.golden.topic.NamedRate;
import org.dropoutspec.golden.topic.ScriptedWords;
import org.dropoutspec.golden.word.Ieee;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.spec.Specification;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GoldenFilesTest {
    private static final Path GOLDEN = Path.of("golden");
    private static final Map<String, byte[]> GENERATED = GoldenRegenerate.generate();

    @Test
    void theCheckedInFilesAreWhatWouldBeGenerated() throws IOException {
        List<String> names = VectorSource.jsonFiles(GOLDEN).stream()
                .map(file -> file.getFileName().toString())
                .toList();
        assertThat(names)
                .as("files in golden; mend with: %s", GoldenRegenerate.COMMAND)
                .containsExactlyInAnyOrderElementsOf(
                        GENERATED.keySet().stream().filter(CheckedIn::isChecked).toList());
        for (String name : names) {
            // not compared as text, which would print a whole file
            boolean same = Arrays.equals(Files.readAllBytes(GOLDEN.resolve(name)), GENERATED.get(name));
            assertThat(same)
                    .as("golden/%s is what would be generated; mend with: %s", name, GoldenRegenerate.COMMAND)
                    .isTrue();
        }
    }

    @Test
    void theFilesKeepToTheSchema() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("spec/schemas/golden.schema.json")), InputFormat.JSON);
        GENERATED.forEach((name, bytes) -> assertThat(
                        schema.validate(new String(bytes, StandardCharsets.UTF_8), InputFormat.JSON))
                .as(name)
                .isEmpty());
        String broken = new String(GENERATED.get("examples.json"), StandardCharsets.UTF_8).replace("ulp:", "ulps:");
        assertThat(schema.validate(broken, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void everyVectorServesARequirementOfTheSpecification() {
        for (VectorFile file : Vectors.files()) {
            for (GoldenVector vector : file.vectors()) {
                Label label = vector.label();
                assertThat(Specification.embedded().has(label.requirement()))
                        .as("%s of %s", label.requirement(), label.id())
                        .isTrue();
            }
        }
    }

    @Test
    void thereAreEnoughVectorsAndEveryFlagHasSome() {
        List<VectorFile> files = CheckedIn.files();
        assertThat(files.stream().mapToInt(file -> file.vectors().size()).sum()).isGreaterThanOrEqualTo(400);
        TreeSet<String> used = new TreeSet<>();
        files.forEach(file -> used.addAll(file.notes().keySet()));
        assertThat(used)
                .containsAll(Stream.of(Flag.values()).map(Flag::toString).toList());
    }

    @Test
    void theVectorsAreSmallEnoughToRead() {
        GENERATED.forEach((name, bytes) -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(text.lines().mapToInt(String::length).max().orElse(0))
                    .as("the longest line of %s", name)
                    .isLessThanOrEqualTo(210);
            for (String list : text.split("\"bits\": \\[")) {
                String words = list.substring(0, Math.max(0, list.indexOf(']')));
                assertThat(words.split(",")).as("words in %s", name).hasSizeLessThanOrEqualTo(65);
            }
        });
    }

    @Test
    void whatIsNotWithoutElementsAndRepeatsItselfIsATile() {
        Shape shape = Shape.of(70);
        Tensor x = ScriptedWords.tile(Ieee.FLOAT32, shape, "1 2 3");
        assertThat(WordsTree.of(x)).containsEntry("tile", true);
        assertThat((List<?>) WordsTree.of(x).get("bits")).hasSize(3);
        assertThat(WordsTree.of(ScriptedWords.counting(Ieee.FLOAT32, shape))).doesNotContainKey("tile");
        assertThat(WordsTree.of(ScriptedWords.tile(Ieee.FLOAT32, Shape.of(16), "1")))
                .doesNotContainKey("tile");
        assertThat(WordsTree.of(ScriptedWords.tile(Ieee.FLOAT32, Shape.of(0), "1")))
                .doesNotContainKey("tile");
    }

    /** What rounding a rate does to the output is then no part of the answer. */
    @Test
    void valuesAreComparedAtRatesThatFloat32AndTheTypeHold() {
        Set<String> others = Set.of(
                "RATE-1", "RATE-2", "RATE-3", "RATE-4", "RATE-5", "RATE-6", "RATE-10", "NUM-2", "NUM-4", "SEED-6");
        for (VectorFile file : Vectors.files()) {
            for (GoldenVector vector : file.vectors()) {
                if (vector instanceof GoldenVector.OfDropout dropout
                        && !others.contains(vector.label().requirement())) {
                    assertThat(dropout.calls())
                            .as(vector.label().id())
                            .allMatch(call -> isHeld(call.rate(), Ieee.FLOAT32)
                                    && isHeld(call.rate(), Ieee.of(call.input().dtype())));
                }
            }
        }
    }

    @Test
    void operationsAreAskedAtRatesThatEveryTypeHolds() {
        assertThat(CheckedIn.vectors()
                        .filter(GoldenVector.OfOperation.class::isInstance)
                        .map(GoldenVector.OfOperation.class::cast))
                .hasSizeGreaterThan(150)
                .allSatisfy(vector -> assertThat(
                                VectorOperations.named(vector.call().operation())
                                        .orElseThrow()
                                        .drawn(vector.call()))
                        .extracting(VectorOperation.Drawn::rate)
                        .allMatch(rate -> Double.isNaN(rate) || Math.rint(rate * 16) == rate * 16));
    }

    private static boolean isHeld(double rate, Ieee format) {
        return new NamedRate("", rate).isHeldBy(format);
    }

    @Test
    void everyRequirementHasAVectorOrThePageSaysWhyNot() throws IOException {
        TreeSet<String> without = new TreeSet<>();
        Specification.embedded().requirements().forEach(requirement -> without.add(requirement.id()));
        CheckedIn.vectors().forEach(vector -> without.remove(vector.label().requirement()));
        String section = Files.readString(Path.of("spec/golden-format.md"))
                .split("## Requirements without a vector", 2)[1]
                .split("\n## ", 2)[0];
        TreeSet<String> listed = new TreeSet<>();
        Pattern.compile("[A-Z]+-[0-9]+").matcher(section).results().forEach(id -> listed.add(id.group()));
        assertThat(without).isEqualTo(listed);
    }

    @Test
    void theFormatIsDescribed() throws IOException {
        String page = Files.readString(Path.of("spec/golden-format.md"));
        Catalogue.fileNames().stream()
                .filter(CheckedIn::isChecked)
                .forEach(name -> assertThat(page).contains("`" + name + "`"));
        assertThat(page)
                .contains(
                        VectorFile.FORMAT,
                        VectorFile.OPERATIONS_FORMAT,
                        "`bits`",
                        "`zero`",
                        "`nan`",
                        "`ulp:n`",
                        "\"rejected\"");
        Stream.of(WordType.values()).forEach(type -> assertThat(page).contains("`" + type + "`"));
        // the example is a vector of the files, word for word
        String examples = new String(GENERATED.get("examples.json"), StandardCharsets.UTF_8);
        for (String line : page.lines()
                .filter(line -> line.startsWith("      \"") || line.startsWith("        \""))
                .toList()) {
            if (line.endsWith(",") && !line.contains("...") && !line.contains("\"dtype\"")
                    || line.contains("\"bits\": [\"0")) {
                assertThat(examples).contains(line.strip().replaceAll(",$", ""));
            }
        }
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        GENERATED.forEach((name, bytes) -> {
            VectorReader.Contents contents = VectorReader.read(bytes);
            assertThat(contents.problems()).as(name).isEmpty();
            Map<?, ?> tree = (Map<?, ?>) VectorJson.read(bytes).value();
            assertThat(contents.items().stream()
                            .map(item -> VectorTree.of(item.vector()))
                            .toList())
                    .isEqualTo(tree.get("vectors"));
        });
    }
}
