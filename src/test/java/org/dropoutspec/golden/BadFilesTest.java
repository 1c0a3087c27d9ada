package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.JsonText;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorJson;
import org.dropoutspec.golden.format.VectorTree;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadFilesTest {
    private static final String GOOD = text(
            Vectors.where(label -> label.id().equals("example-float16-third")).get(0));

    static Stream<Arguments> edits() {
        return Stream.of(
                edit("\"format\": \"dropout-golden/1.1\"", "\"format\": \"dropout-golden/2\"", "from another version"),
                edit(
                        "\"dropout-golden/1.1\"",
                        "\"" + "x".repeat(5000) + "\"",
                        "... (5000 characters)) must be one of dropout"),
                edit("\"id\":", "\"id\": \"x\", \"id\":", "key (id) must not be repeated"),
                edit("\"comment\":", "\"comment\": \"\", \"comment\":", "example-float16-third.comment: line"),
                edit("\"comment\":", "\"coment\":", "example-float16-third: unknown field (coment)"),
                edit("\"training\": true", "\"trainig\": true", "unknown field (trainig)"),
                edit("\"training\": true,", "", "example-float16-third.call: field (training) is missing"),
                edit("\"ulp:3\"", "\"ulps:3\"", "relation (ulps:3) must be"),
                edit("\"ulp:3\"", "\"nan\"", "relation (nan) of element 0 does not go with 3"),
                edit("\"ulp:3\", ", "", "relation (3) must be one for each of 4 words"),
                edit("\"4200\"", "\"04200\"", "word (04200) must have 4 digits"),
                edit("\"4200\"", "\"42O0\"", "word (42O0) must have 4 digits"),
                edit("\"4200\"", "\"4201\"", "output.bits[0]: word (4201) contradicts its rendering (3): it is 3.002"),
                edit("\"3\"", "\"3.1\"", "contradicts its rendering (3.1)"),
                edit("\"01\"", "\"02\"", "must be 00 or 01"),
                edit("\"shape\": [4]", "\"shape\": [2, 3]", "shape ([2, 3]) has 6 elements, but there are 4 bits"),
                edit("\"shape\": [4]", "\"shape\": [-4]", "value (-4) must be an integer from 0"),
                edit("\"shape\": [4]", "\"shape\": [2, 2]", "must"),
                edit("\"dtype\": \"float16\"", "\"dtype\": \"float8\"", "dtype (float8) is none"),
                edit("\"op\": \"dropout\"", "\"op\": \"dropin\"", "op (dropin) must be"),
                edit("\"inverted\"", "\"upside-down\"", "choice (scaling: upside-down) must be one of"),
                edit(
                        "\"expected\": [",
                        "\"expected\": [{\"when\": {}, \"relation\": \"rejected\"}, ",
                        "expectations ({}, {scaling=inverted}) must not be for the same choices"),
                edit("\"flags\": [", "\"flags\": [\"unheard\", ", "flag (unheard) must be explained"),
                edit("\"training\": true", "\"training\": 1", "value (1) must be true or false"),
                edit("\"training\": true", "\"training\": null", "value (null) must be"),
                edit("\"training\": true", "\"training\": 1.5", "value (1.5) must be"),
                edit("\"bits\": \"3fd5", "\"bits\": \"3fd4", "contradicts its rendering (0.333251953125)"),
                edit("\"comment\": \"2 4", "\"comment\": \" \", \"x\": \"", "unknown field (x)"),
                edit("\"flags\": [\"keep", "\"flags\": [\"keep-drop-confusion\", \"keep", "must be there once"),
                edit("\"needs\": [\"float16\"]", "\"needs\": []", "needs () must be what the calls need: float16"),
                edit("\"needs\": [\"float16\"]", "\"needs\": [\"float16\", \"seed\"]", "must be what the calls need"),
                edit("\"needs\": [\"float16\"],", "", "field (needs) is missing"),
                edit("\"0.333251953125\"", "\"0.3332519531250\"", "must be the shortest: 0.333251953125"),
                edit("\"values\": [\"3\"", "\"values\": [\"3.0\"", "rendering (3.0) must be the shortest: 3"),
                edit("\"ulp:3\"", "\"ulp:4\"", "relation (ulp:4) of element 0 must be ulp:3"),
                edit("\"ulp:3\"", "\"bits\"", "relation (bits) of element 0 must be ulp:3"),
                edit("\"ulp:3\"", "\"ulp:2\"", "relation (ulp:2) of element 0 must be ulp:3"),
                edit(
                        "\"when\": {\"scaling\": \"inverted\"}",
                        "\"when\": {}",
                        "expectations [{}] must be for the choices that matter: [{scaling=inverted}]"),
                edit(
                        "\"when\": {\"scaling\": \"inverted\"}",
                        "\"when\": {\"rate_one\": \"zeros\", \"scaling\": \"inverted\"}",
                        "must be for the choices that matter"),
                edit("\"requirement\": \"FWD-1\"", "\"requirement\": \"fwd 1\"", "requirement (fwd 1) must read as"),
                edit("\"id\": \"example", "\"id\": \"Example", "must be of a-z, 0-9, - and ."),
                edit("\"shape\": [4]", "\"tile\": true, \"shape\": [4]", "4 bits and 4 values in the tile"),
                edit("\"shape\": [4]", "\"tile\": false, \"shape\": [4]", "tile (false) must be true or absent"),
                edit("\"shape\": [4]", "\"tile\": true, \"shape\": [2000000]", "must have at most 1048576 elements"),
                edit("\"training\": true", "\"training\": false", "an evaluation must have no mask"),
                edit("\"op\": \"dropout\"", "\"op\": \"calls\"", "unknown field (training)"),
                edit("\"about\": \"", "\"about\": \"\", \"x\": \"", "unknown field (x)"),
                edit(
                        "\"topic\": \"examples\"",
                        "\"topic\": \"Examples\"",
                        "topic (Examples) must be of a-z, 0-9 and -"),
                edit("\"topic\": \"examples\"", "\"topic\": \"others\"", "topic (others) must be the name of the file"),
                edit("\"count\": 1,", "\"count\": 2,", "count (2) must be that of the vectors in the file: 1"),
                edit("\"count\": 1,", "", "field (count) is missing"),
                edit("\"hunts\": \"", "\"hunts\": \"\", \"x\": \"", "unknown field (x)"));
    }

    private static Arguments edit(String old, String changed, String reason) {
        return Arguments.of(old, changed, reason);
    }

    @ParameterizedTest
    @MethodSource("edits")
    void aBadVectorIsToldWithItsReasonAndTheOtherFilesAreStillRead(String old, String changed, String reason) {
        int at = GOOD.indexOf(old);
        assertThat(at).isNotNegative();
        String bad = GOOD.substring(0, at) + changed + GOOD.substring(at + old.length());
        requireBad(bad, reason);
    }

    @Test
    void aFileThatIsCutOffOrNoJsonIsTold() {
        requireBad("", "is no JSON: it is empty");
        requireBad(GOOD.substring(0, GOOD.length() / 2), "is no JSON");
        requireBad(GOOD.substring(0, GOOD.length() - 3), "is no JSON");
        requireBad(GOOD + "{}", "something follows");
        requireBad("[1, 2]", "must be an object");
        requireBad("{\"format\": \"dropout-golden/1\"}", "field (vectors) is missing");
        requireBad("\u0000\uffff", "is no JSON");
        requireBad("{\"format\": 99999999999999999999}", "format: value (99999999999999999999) must be a string");
    }

    @Test
    void anIdIsUsedOnceAcrossAllFiles() {
        String other = GOOD.replace("\"topic\": \"examples\"", "\"topic\": \"b\"");
        GoldenReport report = Vectors.verify(
                List.of(Vectors.source("examples.json", GOOD), Vectors.source("b.json", other)),
                new ReferenceImplementation(1));
        assertThat(report.problems())
                .extracting(GoldenReport.Problem::toString)
                .containsExactly("b.json: example-float16-third: id must not be used twice, and is in examples.json");
        assertThat(report.exitStatus()).isEqualTo(2);
    }

    @Test
    void anyFlippedBitOfAnExpectedWordIsToldAtItsVector() {
        long seed = 31;
        Random random = new Random(seed);
        List<VectorFile> files = Vectors.files();
        for (int i = 0; i < 300; i++) {
            VectorFile file = files.get(random.nextInt(files.size()));
            GoldenVector vector =
                    file.vectors().get(random.nextInt(file.vectors().size()));
            VectorFile single = new VectorFile(file.topic(), file.about(), file.notes(), List.of(), List.of(vector));
            Map<?, ?> tree = (Map<?, ?>)
                    VectorJson.read(JsonText.of(VectorTree.of(single))).value();
            List<List<Object>> words = new ArrayList<>();
            collectBits(((Map<?, ?>) ((List<?>) tree.get("vectors")).get(0)).get("expected"), words);
            if (words.isEmpty()) {
                continue; // a rejection or an empty tensor: there is no word
            }
            List<Object> bits = words.get(random.nextInt(words.size()));
            int index = random.nextInt(bits.size());
            String hex = bits.get(index).toString();
            int bit = random.nextInt(4 * hex.length());
            int digit = hex.length() - 1 - bit / 4;
            int flipped = Character.digit(hex.charAt(digit), 16) ^ 1 << bit % 4;
            bits.set(index, hex.substring(0, digit) + Integer.toHexString(flipped) + hex.substring(digit + 1));

            GoldenReport report = Vectors.verify(
                    List.of(Vectors.source(file.topic() + ".json", JsonText.of(tree))), new ReferenceImplementation(1));
            assertThat(report.exitStatus()).as("seed %d, step %d", seed, i).isNotZero();
            assertThat(report.lines())
                    .as("seed %d, step %d", seed, i)
                    .anyMatch(line -> line.startsWith(
                            "BAD  " + file.topic() + ".json: " + vector.label().id()));
        }
    }

    @SuppressWarnings("unchecked")
    private static void collectBits(Object tree, List<List<Object>> words) {
        if (tree instanceof Map<?, ?> object) {
            object.forEach((key, value) -> {
                if (key.equals("bits") && !((List<?>) value).isEmpty()) {
                    words.add((List<Object>) value);
                } else {
                    collectBits(value, words);
                }
            });
        } else if (tree instanceof List<?> list) {
            list.forEach(item -> collectBits(item, words));
        }
    }

    @Test
    void emptyTextsAndListsAreTold() {
        requireBad(without("\"comment\": \"", "\""), "comment: text must not be empty");
        requireBad(without("\"hunts\": \"", "\""), "hunts: text must not be empty");
        requireBad(without("\"source\": \"", "\""), "source: text must not be empty");
        requireBad(without("\"about\": \"", "\""), "about: text must not be empty");
        String none = "{\"format\": \"dropout-golden/1.1\", \"topic\": \"examples\", \"about\": \"x\", "
                + "\"count\": 1, \"notes\": {}, \"vectors\": []}";
        assertThat(verify(none).problems())
                .extracting(GoldenReport.Problem::message)
                .containsExactly(
                        "vectors: a file must have vectors",
                        "count: count (1) must be that of the vectors in the file: 0");
    }

    /** The good file, with nothing between {@code start} and the next {@code end}. */
    private static String without(String start, String end) {
        int from = GOOD.indexOf(start) + start.length();
        return GOOD.substring(0, from) + GOOD.substring(GOOD.indexOf(end, from));
    }

    private static GoldenReport verify(String text) {
        return Vectors.verify(List.of(Vectors.source("examples.json", text)), new ReferenceImplementation(1));
    }

    private static void requireBad(String bad, String reason) {
        VectorSource.Source other =
                Vectors.where(label -> label.id().equals("gen-block-pi")).get(0);
        GoldenReport report =
                Vectors.verify(List.of(Vectors.source("examples.json", bad), other), new ReferenceImplementation(1));
        assertThat(report.exitStatus()).isEqualTo(2);
        assertThat(report.problems())
                .first()
                .asString()
                .startsWith("examples.json: ")
                .contains(reason);
        assertThat(report.passed()).as("the other file is still checked").isPositive();
        assertThat(report.lines()).contains("bad: " + report.problems().size() + " problems in the files, told above");
    }

    private static String text(VectorSource.Source source) {
        return new String(source.bytes(), StandardCharsets.UTF_8);
    }
}
