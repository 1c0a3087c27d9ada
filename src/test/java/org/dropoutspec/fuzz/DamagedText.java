package org.dropoutspec.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes good texts almost good. */
public final class DamagedText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final List<Object> STRANGE = Arrays.asList(
            "",
            " ",
            "x",
            "\u00a0",
            "\u202e\u0000\u001b[2J\n::error::",
            "\ud800",
            "NaN",
            "-Infinity",
            "1.1",
            "1.2",
            "AAAA",
            "AB==",
            "a".repeat(5000),
            0,
            -0.0,
            1,
            -1,
            7,
            7.0,
            0.5,
            2.5,
            65,
            2147483647L,
            2147483648L,
            9007199254740992L,
            BigInteger.TEN.pow(40),
            null,
            true,
            false,
            List.of(),
            List.of(0),
            List.of(""),
            List.of(1, 2, 3),
            Collections.nCopies(65, 1),
            Map.of(),
            Map.of("x", 1));

    private DamagedText() {}

    /** A JSON text with one to three of its parts changed; still JSON, with no key twice. */
    public static String json(String good, Random random) {
        try {
            Object tree = MAPPER.readValue(good, Object.class);
            List<Object> names = new ArrayList<>(List.of("x"));
            List<Object> values = new ArrayList<>(STRANGE);
            collect(tree, names, values);
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                container(tree, random).ifPresent(container -> change(container, names, values, random));
            }
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A text with some of its bytes changed, lost, doubled, or cut off. */
    public static byte[] bytes(String good, Random random) {
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 0; times--) {
            int from = random.nextInt(bytes.length);
            int to = from + 1 + random.nextInt(Math.min(bytes.length - from, 20));
            bytes = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(bytes, from);
                case 1 -> joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
                case 2 -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
                case 3 -> {
                    byte[] deep = "[{\"a\":".repeat(1 + random.nextInt(3000)).getBytes(StandardCharsets.UTF_8);
                    yield joined(
                            joined(Arrays.copyOf(bytes, from), deep), Arrays.copyOfRange(bytes, from, bytes.length));
                }
                case 4 -> {
                    bytes[from] = (byte) "{}[]\",:\\-+.eE019\u0000\u00ff\n ".charAt(random.nextInt(20));
                    yield bytes;
                }
                default -> {
                    bytes[from] ^= (byte) (1 << random.nextInt(8));
                    yield bytes;
                }
            };
        }
        return bytes;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static void collect(Object tree, List<Object> names, List<Object> values) {
        values.add(tree instanceof Map || tree instanceof List ? copy(tree) : tree);
        if (tree instanceof Map<?, ?> map) {
            names.addAll(map.keySet());
            map.values().forEach(value -> collect(value, names, values));
        } else if (tree instanceof List<?> list) {
            list.forEach(value -> collect(value, names, values));
        }
    }

    /** An object or an array that is not empty: the outermost in half of the cases, then one in it, and so on. */
    private static Optional<Object> container(Object tree, Random random) {
        List<Object> parts = new ArrayList<>();
        if (tree instanceof Map<?, ?> map) {
            parts.addAll(map.values());
        } else if (tree instanceof List<?> list) {
            parts.addAll(list);
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Optional<Object> inner =
                random.nextBoolean() ? container(parts.get(random.nextInt(parts.size())), random) : Optional.empty();
        return inner.or(() -> Optional.of(tree));
    }

    @SuppressWarnings("unchecked")
    private static void change(Object container, List<Object> names, List<Object> values, Random random) {
        Object value = copy(values.get(random.nextInt(values.size())));
        if (container instanceof Map) {
            Map<String, Object> map = (Map<String, Object>) container;
            String key = new ArrayList<>(map.keySet()).get(random.nextInt(map.size()));
            switch (random.nextInt(4)) {
                case 0 -> map.remove(key);
                case 1 -> map.put(names.get(random.nextInt(names.size())).toString(), value);
                default -> map.put(key, changed(map.get(key), value, random));
            }
        } else {
            List<Object> list = (List<Object>) container;
            int index = random.nextInt(list.size());
            switch (random.nextInt(4)) {
                case 0 -> list.remove(index);
                case 1 -> list.add(index, random.nextBoolean() ? copy(list.get(index)) : value);
                default -> list.set(index, changed(list.get(index), value, random));
            }
        }
    }

    /** The neighbour of a number, a text with a letter more or less, or something else. */
    private static Object changed(Object before, Object other, Random random) {
        if (before instanceof Integer number && random.nextBoolean()) {
            return number + (random.nextBoolean() ? 1 : -1);
        }
        if (before instanceof String text && random.nextBoolean()) {
            int at = random.nextInt(text.length() + 1);
            return random.nextBoolean()
                    ? text.substring(0, at)
                    : text.substring(0, at) + Fuzz.one(random, "A", "=", "\n", "\u2028", "-", "0") + text.substring(at);
        }
        return other;
    }

    private static Object copy(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key.toString(), copy(value)));
            return copy;
        }
        if (tree instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(value -> copy.add(copy(value)));
            return copy;
        }
        return tree;
    }
}
