package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.dropoutspec.golden.format.BadVector;
import org.dropoutspec.golden.format.VectorJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of vectors is UTF-8 without a byte-order mark, whatever else the parser below could guess. */
class VectorJsonTest {
    private static final String FILE = "{\"id\": \"\u00e9\"}";

    @Test
    void utf8IsRead() {
        assertThat(VectorJson.read(FILE.getBytes(StandardCharsets.UTF_8)).value())
                .isEqualTo(Map.of("id", "\u00e9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void anotherEncodingIsToldWithItsMarkAndWithout(String charset) {
        requireTold(FILE.getBytes(Charset.forName(charset)));
        requireTold(("\uFEFF" + FILE).getBytes(Charset.forName(charset)));
    }

    @Test
    void aByteOrderMarkIsTold() {
        requireTold(("\uFEFF" + FILE).getBytes(StandardCharsets.UTF_8));
    }

    private static void requireTold(byte[] file) {
        assertThatThrownBy(() -> VectorJson.read(file))
                .isInstanceOf(BadVector.class)
                .hasMessageMatching("is no JSON: .*(UTF-8|byte-order mark).*");
    }
}
