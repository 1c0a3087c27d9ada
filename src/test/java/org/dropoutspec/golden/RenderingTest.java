package org.dropoutspec.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.dropoutspec.golden.word.Rendering;
import org.dropoutspec.golden.word.WordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderingTest {
    @ParameterizedTest
    @CsvSource({
        "FLOAT32, 3dcccccd, 0.1",
        "FLOAT32, 00000001, 1e-45",
        "FLOAT32, 7f7fffff, 3.4028235e38",
        "FLOAT32, 80000000, -0",
        "FLOAT32, ff800000, -inf",
        "FLOAT32, 7fc00001, nan(400001)",
        "FLOAT32, 00000000, 0",
        "FLOAT32, 4b800000, 16777216",
        "FLOAT64, 3fb999999999999a, 0.1",
        "FLOAT64, 0000000000000001, 5e-324",
        "FLOAT64, 7fefffffffffffff, 1.7976931348623157e308",
        // powers of two: the nearest decimal of so many digits lies below and rounds elsewhere, the next one up does
        // not
        "FLOAT64, 3e70000000000000, 5.960464477539063e-8",
        "FLOAT64, 3d30000000000000, 5.684341886080802e-14",
        "FLOAT64, 0010000000000000, 2.2250738585072014e-308",
        "FLOAT16, 7bff, 65500",
        "BFLOAT16, 3dcd, 0.1",
        "UINT32, ffffffff, 4294967295",
        "UINT64, ffffffffffffffff, 18446744073709551615",
        "BOOL, 01, 1"
    })
    void isTheShortestThatSaysIt(WordType type, String hex, String text) {
        long word = Long.parseUnsignedLong(hex, 16);
        assertThat(Rendering.of(type, word)).isEqualTo(text);
        assertThat(Rendering.agrees(type, text, word)).isTrue();
    }

    @Test
    void contradictsEveryWordThatDiffersByOneBit() {
        long seed = 11;
        Random random = new Random(seed);
        for (WordType type : WordType.values()) {
            int bits = 4 * type.digits();
            for (int i = 0; i < 300; i++) {
                long word = type == WordType.BOOL ? i & 1 : random.nextLong() & (bits == 64 ? -1L : (1L << bits) - 1);
                String text = Rendering.of(type, word);
                assertThat(Rendering.agrees(type, text, word)).isTrue();
                long flipped = word ^ 1L << random.nextInt(bits);
                assertThat(Rendering.agrees(type, text, flipped))
                        .as("%s %x as %s, seed %d", type, flipped, text, seed)
                        .isFalse();
            }
        }
    }

    @Test
    void whatIsNoNumberAgreesWithNothing() {
        for (String text : new String[] {"", "-", "1e", "0x1", "1e9999", "--1", "NaN", "infinity", " 1", "1."}) {
            assertThat(Rendering.agrees(WordType.FLOAT32, text, 0x3f800000L))
                    .as(text)
                    .isFalse();
        }
    }
}
