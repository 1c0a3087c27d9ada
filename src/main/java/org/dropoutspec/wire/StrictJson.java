package org.dropoutspec.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads one line as one JSON object, by the letter of RFC 8259, without duplicate keys. */
final class StrictJson {
    private static final int DEPTH = 16;

    // a line's length is bounded before it comes here, so a string needs no bound of its own
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(400)
                            .maxNameLength(1000)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // names come from a stranger: they must not live as long as the JVM
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .build();

    private StrictJson() {}

    static Fields object(byte[] line) throws AdapterFault {
        requireUtf8(line);
        requireNoOtherEncoding(line);
        JsonNode node;
        try (JsonParser parser = MAPPER.createParser(line)) {
            if (parser.nextToken() == null) {
                throw noJson(line, "an empty line");
            }
            node = value(parser, line);
            if (parser.nextToken() != null) {
                throw noJson(line, "more follows after the object");
            }
        } catch (JsonProcessingException e) {
            throw noJson(line, Excerpt.of(e.getOriginalMessage(), 300));
        } catch (IOException e) {
            throw noJson(line, String.valueOf(e.getMessage()));
        }
        if (!node.isObject()) {
            throw noJson(line, "no object");
        }
        return new Fields("reply", node);
    }

    private static JsonNode value(JsonParser parser, byte[] line) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = MAPPER.createObjectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.set(name, value(parser, line));
                }
                return object;
            }
            case START_ARRAY -> {
                ArrayNode array = MAPPER.createArrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser, line));
                }
                return array;
            }
            case VALUE_STRING -> {
                // the parser passes over what nobody asks it for, and still checks it
                LongString text =
                        LongString.at(line, parser.currentTokenLocation().getByteOffset());
                return text == null ? new TextNode(parser.getText()) : new POJONode(text);
            }
            default -> {
                return MAPPER.readTree(parser);
            }
        }
    }

    private static AdapterFault noJson(byte[] line, String why) {
        return new AdapterFault("the reply is no JSON object on one line (" + why
                + "); standard output is reserved for replies, everything else belongs on standard error\nreply: "
                + Excerpt.of(line));
    }

    private static boolean isAscii(byte[] line) {
        int seen = 0;
        for (byte one : line) {
            seen |= one;
        }
        return seen >= 0;
    }

    private static void requireUtf8(byte[] line) throws AdapterFault {
        if (isAscii(line)) {
            return;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(line);
        CharBuffer scratch = CharBuffer.allocate(1 << 13);
        try {
            CoderResult result;
            do {
                scratch.clear();
                result = decoder.decode(bytes, scratch, true);
                if (result.isError()) {
                    result.throwException();
                }
            } while (result.isOverflow());
        } catch (CharacterCodingException e) {
            throw new AdapterFault(
                    "the reply is no UTF-8 at byte " + bytes.position() + "\nreply: " + Excerpt.of(line));
        }
    }

    /**
     * The parser would recognise a byte-order mark, UTF-16 and UTF-32, and take them. An object in one of these two has
     * a byte 0 among its first four.
     */
    private static void requireNoOtherEncoding(byte[] line) throws AdapterFault {
        boolean marked = line.length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
        boolean wide = false;
        for (int i = 0; i < Math.min(4, line.length); i++) {
            wide |= line[i] == 0;
        }
        if (marked || wide) {
            throw noJson(line, marked ? "a byte-order mark stands before it" : "it must be UTF-8, without the byte 0");
        }
    }
}
