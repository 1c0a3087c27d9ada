package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.dropoutspec.golden.format.GoldenVector;
import org.dropoutspec.golden.format.JsonText;
import org.dropoutspec.golden.format.VectorFile;
import org.dropoutspec.golden.format.VectorTree;
import org.dropoutspec.golden.verify.GoldenReport;
import org.dropoutspec.golden.word.Rendering;
import org.dropoutspec.golden.word.WordType;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.junit.jupiter.api.Test;

/** Whatever the JSON Schema refuses, {@code golden verify} refuses too: found by breaking files at random. */
class SchemaAndReaderTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<Object> WRONG = Arrays.asList(
            "", " ", "x", "1", "FWD-1", 0, 1, -1, 1.5, null, true, false, List.of(), List.of(""), List.of(1), Map.of());

    private static final List<List<Integer>> WRONG_SHAPES =
            List.of(List.of(), List.of(0), List.of(4, 0), List.of(1, 4), List.of(2147483647, 0), List.of(65536, 65536));

    @Test
    void verifyRefusesWhateverTheSchemaRefuses() throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("spec/schemas/golden.schema.json")), InputFormat.JSON);
        List<byte[]> files = new ArrayList<>();
        for (String id : List.of(
                "example-float16-third",
                "fwd-float32-r1-nonfinite-dropped",
                "size-float16-65",
                "stream-float16-same-seed",
                "gen-block-pi",
                "gen-words-seed42-draw1",
                "gen-threshold-r0.1",
                "gen-draw-seed105-rate-at-word")) {
            files.add(Vectors.where(label -> label.id().equals(id)).get(0).bytes());
        }
        long seed = 17;
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 800; i++) {
            Map<?, ?> tree = MAPPER.readValue(files.get(i % files.size()), TreeMap.class);
            String what = breakAt(tree, random);
            String json = MAPPER.writeValueAsString(tree);
            GoldenReport report = Vectors.verify(
                    List.of(Vectors.source(tree.get("topic") + ".json", json)), new ReferenceImplementation(1));
            if (!schema.validate(json, InputFormat.JSON).isEmpty()) {
                refused++;
                assertThat(report.problems())
                        .as("step %d of seed %d: %s in %s", i, seed, what, json)
                        .isNotEmpty();
            }
        }
        assertThat(refused).isGreaterThan(400);
    }

    @Test
    void verifyBreaksAtNoWordsWhatever() throws Exception {
        long seed = 23;
        Random random = new Random(seed);
        List<VectorFile> files = Vectors.files();
        for (int i = 0; i < 800; i++) {
            VectorFile file = files.get(random.nextInt(files.size()));
            GoldenVector vector =
                    file.vectors().get(random.nextInt(file.vectors().size()));
            VectorFile one = new VectorFile(file.topic(), file.about(), file.notes(), List.of(), List.of(vector));
            Map<?, ?> tree = MAPPER.readValue(JsonText.of(VectorTree.of(one)), TreeMap.class);
            List<Map<String, Object>> words = new ArrayList<>();
            collectWords(tree, words);
            Map<String, Object> field = words.get(random.nextInt(words.size()));
            change(field, random);
            String json = MAPPER.writeValueAsString(tree);
            GoldenReport report = Vectors.verify(
                    List.of(Vectors.source(file.topic() + ".json", json)), new ReferenceImplementation(1));
            assertThat(report.files())
                    .as("step %d of seed %d: %s", i, seed, field)
                    .isEqualTo(1);
        }
    }

    /** Another word with its rendering, a special one perhaps; or another shape. */
    @SuppressWarnings("unchecked")
    private static void change(Map<String, Object> field, Random random) {
        WordType type = WordType.named(field.getOrDefault("dtype", "float64").toString())
                .orElseThrow();
        long all = type.digits() == 16 ? -1 : (1L << 4 * type.digits()) - 1;
        List<Long> special =
                List.of(0L, 1L, 2L, all, all >>> 1, all - (all >>> 1), all >>> 2, 0x7f800000L, 0x7ff0L << 48);
        long word = (random.nextBoolean() ? special.get(random.nextInt(special.size())) : random.nextLong()) & all;
        if (type == WordType.BOOL) {
            word &= 1;
        }
        if (field.containsKey("value")) {
            field.put("bits", type.hex(word));
            field.put("value", Rendering.of(type, word));
        } else if (((List<?>) field.get("bits")).isEmpty() || random.nextInt(8) == 0) {
            field.put("shape", WRONG_SHAPES.get(random.nextInt(WRONG_SHAPES.size())));
        } else {
            int index = random.nextInt(((List<?>) field.get("bits")).size());
            ((List<Object>) field.get("bits")).set(index, type.hex(word));
            ((List<Object>) field.get("values")).set(index, Rendering.of(type, word));
        }
    }

    @SuppressWarnings("unchecked")
    private static void collectWords(Object tree, List<Map<String, Object>> words) {
        if (tree instanceof Map<?, ?> object) {
            if (object.containsKey("bits")) {
                words.add((Map<String, Object>) object);
            }
            object.values().forEach(value -> collectWords(value, words));
        } else if (tree instanceof List<?> list) {
            list.forEach(item -> collectWords(item, words));
        }
    }

    /** Changes something, anywhere, and says what. */
    @SuppressWarnings("unchecked")
    private static String breakAt(Object tree, Random random) {
        if (tree instanceof Map<?, ?> object) {
            Map<String, Object> fields = (Map<String, Object>) object;
            List<String> keys = new ArrayList<>(fields.keySet());
            String key = keys.isEmpty() ? "" : keys.get(random.nextInt(keys.size()));
            if (keys.isEmpty() || random.nextInt(12) == 0) {
                fields.put("added", "x");
                return "added a field";
            }
            boolean inside = isContainer(fields.get(key)) && random.nextInt(8) > 0;
            return key + ": " + (inside ? breakAt(fields.get(key), random) : replace(fields, key, random));
        }
        List<Object> list = (List<Object>) tree;
        int index = list.isEmpty() ? 0 : random.nextInt(list.size());
        if (list.isEmpty() || random.nextInt(8) == 0) {
            list.add(list.isEmpty() ? "x" : list.get(index));
            return "added an element";
        }
        if (isContainer(list.get(index)) && random.nextInt(8) > 0) {
            return index + ": " + breakAt(list.get(index), random);
        }
        list.set(index, WRONG.get(random.nextInt(WRONG.size())));
        return index + ": replaced by " + list.get(index);
    }

    private static String replace(Map<String, Object> fields, String key, Random random) {
        if (random.nextInt(3) == 0) {
            fields.put(key + "x", fields.remove(key));
            return "renamed";
        }
        fields.put(key, WRONG.get(random.nextInt(WRONG.size())));
        return "replaced by " + fields.get(key);
    }

    private static boolean isContainer(Object value) {
        return value instanceof Map || value instanceof List;
    }
}
