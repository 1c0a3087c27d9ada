package org.dropoutspec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffenceTest {
    private static final int DEPTH = 16;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "hello            | byte 0: expected a JSON value, got hello",
                "{'a':1}          | byte 1: expected a key in double quotes, got 'a':1}",
                "{\"a\":'x'}      | byte 5: expected a JSON value, texts in double quotes, got 'x'}",
                "{\"a\":NaN}      | byte 5: expected a JSON value, got NaN}",
                "{\"a\":None}     | byte 5: expected a JSON value, got None}",
                "{\"a\":01}       | byte 5: expected a JSON value, got 01}",
                "{\"a\":1,}       | byte 7: expected a key in double quotes, got }",
                "{\"a\" 1}        | byte 5: expected a colon after the key, got 1}",
                "[1 2]            | byte 3: expected a comma or the end of the list, got 2]",
                "{\"a\":1 \"b\":2}| byte 7: expected a comma or the end of the object, got \"b\":2}",
                "[\"\\q\"]        | byte 2: expected an escape that JSON knows, got \\q\"]",
                "[\"\\u00g0\"]    | byte 2: expected an escape that JSON knows, got \\u00g0\"]",
                "[\"\t\"]         | byte 2: a text must write the control character 0x09 as an escape",
                "{\"a\":\"x       | it ends in the middle",
                "[[[              | it ends in the middle",
                "{} {}            | something follows after its end",
                "<html>not found, sorry about it</html> | byte 0: expected a JSON value, got <html>not found, sor...",
                "[ääääääääääääääää] | byte 1: expected a JSON value, got ääääääääää...",
            })
    void saysWhereTheTextLeavesJson(String text, String words) {
        assertThatThrownBy(() -> JsonDocument.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(NotJson.class)
                .hasMessage(words);
    }

    @Test
    void saysWhatIsTooMuch() {
        assertThatThrownBy(() -> JsonDocument.read(ascii("[".repeat(17) + "]".repeat(17))))
                .hasMessage("it is nested more than 16 deep");
        assertThatThrownBy(() -> JsonDocument.read(ascii("1".repeat(401))))
                .hasMessage("a number may have 400 characters, and a key 1000");
    }

    @Test
    void findsNoneWhereTheParserFindsNoneAndOneWhereItFindsOne() {
        byte[] good = ascii("{\"id\":12,\"a\":[true,false,null,-0.5e+3,\"\\u00e9\\n\"],\"b\":{\"c\":{},\"d\":[]}}");
        assertThat(Offence.in(good, DEPTH)).isNull();
        byte[] signs = ascii("{}[]\",:\\0-+.eEtfn x");
        Random random = new Random(16);
        for (int i = 0; i < 20_000; i++) {
            byte[] text = good.clone();
            for (int k = 0; k < 1 + i % 3; k++) {
                text[random.nextInt(text.length)] = signs[random.nextInt(signs.length)];
            }
            String offence = Offence.in(text, DEPTH);
            assertThat(offence == null)
                    .as(new String(text, StandardCharsets.US_ASCII))
                    .isEqualTo(isRead(text));
        }
    }

    private static boolean isRead(byte[] text) {
        try {
            JsonDocument.read(text);
            return true;
        } catch (NotJson refused) {
            return false;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
