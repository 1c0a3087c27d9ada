package org.dropoutspec.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Philox4x32Test {
    /** The first three are the known answers of Random123 (kat_vectors); counters and keys are written word 0 first. */
    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1",
        "00000001 00000000 00000000 00000000, 00000000 00000000, f8e4cca4 5cb200db b1a574eb 097eff67"
    })
    void blocksAreTheKnownAnswers(String counter, String key, String expected) {
        assertThat(hex(Philox4x32.block(words(counter), words(key)))).isEqualTo(expected);
    }

    @Test
    void seedIsTheKeyAndCounterIsBlockThenDraw() {
        long seed = 0x299f31d0_a4093822L;
        assertThat(hex(Philox4x32.words(seed, 0x03707344_13198a2eL, 0x85a308d3_243f6a88L)))
                .isEqualTo("d16cfe09 94fdcceb 5001e420 24126ea1");
        assertThat(hex(Philox4x32.words(0, 0, 1))).isEqualTo("f8e4cca4 5cb200db b1a574eb 097eff67");
    }

    @Test
    void aBatchIsBlockAfterBlock() {
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 20; run++) {
            long seed = random.nextLong();
            long draw = random.nextLong();
            int first = random.nextInt(1 << 29);
            Philox4x32.Batch batch = new Philox4x32.Batch();
            batch.fill(seed, draw, first);
            for (int lane = 0; lane < Philox4x32.Batch.BLOCKS; lane++) {
                int[] expected = Philox4x32.words(seed, draw, first + lane);
                for (int word = 0; word < 4; word++) {
                    assertThat(batch.word(word)[lane])
                            .as("word %d of block %d, draw %d of seed %d", word, first + lane, draw, seed)
                            .isEqualTo(Integer.toUnsignedLong(expected[word]));
                }
            }
        }
    }

    private static int[] words(String hex) {
        return Arrays.stream(hex.split(" "))
                .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                .toArray();
    }

    private static String hex(int[] words) {
        return Arrays.stream(words)
                .mapToObj(word -> String.format("%08x", word))
                .collect(Collectors.joining(" "));
    }
}
