package org.dropoutspec.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text that was read as one JSON value, exactly by RFC 8259, in UTF-8, of bounded depth.
 *
 * @param value maps in the order of the text, lists, {@link String}, {@link Boolean}, {@link Long}, {@link
 *     java.math.BigInteger}, {@link Double}, null, and {@link Repeated} and {@link LongString} in their places
 * @param repeated the first key that occurs twice in one object
 */
public record JsonDocument(@Nullable Object value, Optional<Repeated> repeated) {
    private static final int DEPTH = 16;
    private static final int LONGEST_NUMBER = 400;
    private static final int LONGEST_KEY = 1000;

    // the caller bounds the length of the text, so a string needs no bound of its own
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(LONGEST_KEY)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // keys come from a stranger, so they must not stay in memory as long as the JVM
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** A key that occurs twice in one object. It replaces the value, so that only what contains it is refused. */
    public record Repeated(String key, int line) {
        @Override
        public String toString() {
            return "line " + line + ": key (" + key + ") must not be repeated";
        }
    }

    /** @throws NotJson if the text is not JSON, is in another encoding, or has anything after the value */
    public static JsonDocument read(byte[] text) throws NotJson {
        requireUtf8(text);
        try (JsonParser parser = JSON.createParser(text)) {
            return new Reading(text, parser).document();
        } catch (IOException impossible) {
            throw new NotJson(String.valueOf(impossible.getMessage()), 0, "");
        }
    }

    /**
     * Refuses every other encoding, since the parser would also recognise and accept a byte-order mark, UTF-16 and
     * UTF-32. JSON in UTF-16 or UTF-32 has a byte 0 among its first four bytes.
     */
    private static void requireUtf8(byte[] text) throws NotJson {
        requireDecodes(text);
        if (text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF) {
            throw new NotJson("a byte-order mark stands before it", 0, "");
        }
        for (int i = 0; i < Math.min(4, text.length); i++) {
            if (text[i] == 0) {
                throw new NotJson("it must be UTF-8, without the byte 0", 0, "");
            }
        }
    }

    private static void requireDecodes(byte[] text) throws NotJson {
        int seen = 0;
        for (byte one : text) {
            seen |= one;
        }
        if (seen >= 0) {
            return; // ASCII
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(text);
        CharBuffer scratch = CharBuffer.allocate(1 << 13);
        CoderResult result;
        do {
            scratch.clear();
            result = decoder.decode(bytes, scratch, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new NotJson("it is no UTF-8 at byte " + bytes.position(), 0, "");
        }
    }

    /** The reading of one text. */
    private static final class Reading {
        private final byte[] text;
        private final JsonParser parser;
        private @Nullable Repeated first;
        private String id = "";

        Reading(byte[] text, JsonParser parser) {
            this.text = text;
            this.parser = parser;
        }

        JsonDocument document() throws IOException, NotJson {
            try {
                if (parser.nextToken() == null) {
                    throw notJson("it is empty");
                }
                Object value = value();
                if (parser.nextToken() != null) {
                    throw notJson("something follows after its end");
                }
                return new JsonDocument(value, Optional.ofNullable(first));
            } catch (JsonProcessingException broken) {
                String offence = Offence.in(text, DEPTH);
                throw notJson(
                        offence != null
                                ? offence
                                : "a number may have " + LONGEST_NUMBER + " characters, and a key " + LONGEST_KEY);
            }
        }

        private @Nullable Object value() throws IOException {
            return switch (parser.currentToken()) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                case VALUE_STRING -> string();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                default -> number();
            };
        }

        private Number number() throws IOException {
            Number number = parser.getNumberValue();
            return number instanceof Integer ? Long.valueOf(number.longValue()) : number;
        }

        private Object string() throws IOException {
            // the parser skips a string that nobody asks it for, and still checks it
            LongString large = LongString.at(text, parser.currentTokenLocation().getByteOffset());
            return large == null ? parser.getText() : large;
        }

        private Map<String, Object> object() throws IOException {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                Object value = value();
                object.put(key, object.containsKey(key) ? repeated(key) : value);
                if (key.equals("id")) {
                    id = String.valueOf(value);
                }
            }
            return object;
        }

        private List<Object> array() throws IOException {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value());
            }
            return array;
        }

        private Repeated repeated(String key) {
            Repeated repeated = new Repeated(key, line());
            first = first == null ? repeated : first;
            return repeated;
        }

        private NotJson notJson(String reason) {
            return new NotJson(reason, line(), id);
        }

        private int line() {
            return parser.currentLocation().getLineNr();
        }
    }
}
