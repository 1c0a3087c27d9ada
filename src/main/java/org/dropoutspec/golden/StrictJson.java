package org.dropoutspec.golden;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as plain maps, lists, strings, booleans and longs, in the order of the file.
 *
 * <p>The format has no repeated key, null, fraction or integer beyond 64 bits. Each becomes a {@link Flaw} in its place, so
 * that it costs the vector that it stands in and no other. What is no JSON at all, or follows its end, is an error.
 */
final class StrictJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final JsonParser parser;
    /** The last value of a key {@code id}: where in a file of vectors the parser is. */
    private String id = "";

    /** What the format does not have, in the place of a value; the reason says in which line. */
    record Flaw(String reason) {}

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    static Object parse(byte[] bytes) {
        requireUtf8(bytes);
        try (JsonParser parser = JSON.createParser(bytes)) {
            StrictJson json = new StrictJson(parser);
            return json.parse();
        } catch (IOException impossible) {
            throw new BadVector("", "cannot be read: " + impossible.getMessage());
        }
    }

    /** The parser recognises other encodings by a byte-order mark, or by a byte 0 among the first four, and takes them. */
    private static void requireUtf8(byte[] bytes) {
        boolean other = false;
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            int first = bytes[i] & 0xFF;
            other |= first == 0 || i == 0 && (first == 0xEF || first == 0xFE || first == 0xFF);
        }
        if (other) {
            throw new BadVector("", "is no JSON: it must be UTF-8 without a byte-order mark");
        }
    }

    private Object parse() throws IOException {
        try {
            Object value = value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw bad("something follows the end of the JSON value");
            }
            return value;
        } catch (JsonProcessingException broken) {
            throw bad("is no JSON: "
                    + broken.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    private Object value(JsonToken token) throws IOException {
        if (token == null) {
            throw bad("the file ends here: it is empty or cut off");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> integer();
            default -> flaw("value (" + parser.getText() + ") must be a string, an integer, true or false");
        };
    }

    private Map<String, Object> object() throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Object value = value(parser.nextToken());
            object.put(key, object.containsKey(key) ? flaw("key (" + key + ") must not be repeated") : value);
            if (key.equals("id")) {
                id = value.toString();
            }
        }
        return object;
    }

    private List<Object> array() throws IOException {
        List<Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token));
        }
        return array;
    }

    private Object integer() throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? flaw("integer (" + parser.getText() + ") must fit 64 bits")
                : (Object) parser.getLongValue();
    }

    private Flaw flaw(String reason) {
        return new Flaw("line " + parser.currentLocation().getLineNr() + ": " + reason);
    }

    private BadVector bad(String reason) {
        String line = "line " + parser.currentLocation().getLineNr();
        return new BadVector(id.isEmpty() ? line : line + ", in or after vector " + id, reason);
    }
}
