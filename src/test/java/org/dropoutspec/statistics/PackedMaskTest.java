package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackedMaskTest {
    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
    void packsOutputsAsAnElementwiseLoopDoes(DType dtype) {
        // both zeros, the smallest and largest magnitudes and NaN, at every position of a word
        long[] kinds = {0, dtype.signBit(), 1, dtype.signBit() | 1, dtype.infinity(), dtype.infinity() + 1, -1L};
        for (int size : new int[] {0, 1, 63, 64, 65, 128, 1000}) {
            long[] bits = new long[size];
            boolean[] dropped = new boolean[size];
            for (int i = 0; i < size; i++) {
                int kind = random.nextInt(2) == 0 ? random.nextInt(2) : random.nextInt(kinds.length);
                bits[i] = kinds[kind];
                dropped[i] = kind < 2;
            }
            assertThat(PackedMask.ofOutput(Tensor.ofBits(dtype, Shape.of(size), bits)))
                    .isEqualTo(PackedMask.of(dropped));
        }
    }

    @Test
    void packsAReportedMaskWithOneForKept() {
        for (int size : new int[] {0, 1, 63, 64, 65, 1000}) {
            boolean[] kept = new boolean[size];
            boolean[] dropped = new boolean[size];
            for (int i = 0; i < size; i++) {
                kept[i] = random.nextBoolean();
                dropped[i] = !kept[i];
            }
            assertThat(PackedMask.ofKept(Tensor.ofBooleans(Shape.of(size), kept)))
                    .isEqualTo(PackedMask.of(dropped));
        }
    }

    @Test
    void countsAnyRangeAsALoopDoes() {
        PackedMask mask = Masks.random(random, 200, 0.3);
        for (int from = 0; from <= 200; from += 7) {
            for (int to = from; to <= 200; to += 3) {
                int count = 0;
                for (int i = from; i < to; i++) {
                    count += mask.dropped(i) ? 1 : 0;
                }
                assertThat(mask.count(from, to)).isEqualTo(count);
            }
        }
    }

    @Test
    void countsOverlapsAtEveryOffsetAsALoopDoes() {
        for (int size : new int[] {1, 63, 64, 65, 130, 300}) {
            PackedMask a = Masks.random(random, size, 0.4);
            PackedMask b = Masks.random(random, random.nextInt(1, 300), 0.6);
            for (int offset = 0; offset <= 320; offset++) {
                long count = 0;
                for (int i = 0; i < size && i + offset < b.size(); i++) {
                    count += a.dropped(i) && b.dropped(i + offset) ? 1 : 0;
                }
                assertThat(Overlap.count(a, b, offset)).isEqualTo(count);
            }
        }
    }

    @Test
    void ignoresBitsBeyondItsSize() {
        assertThat(PackedMask.ofWords(3, -1L)).isEqualTo(PackedMask.of(true, true, true));
    }

    @Test
    void saysWhatItExpected() {
        assertThatThrownBy(() -> PackedMask.ofOutput(Tensor.ofBooleans(Shape.of(1), true)))
                .hasMessage("dtype (bool) must be a floating type");
        assertThatThrownBy(() -> PackedMask.of(true).dropped(1)).hasMessage("index (1) must be in [0, 1)");
        assertThatThrownBy(() -> PackedMask.of(true).differences(PackedMask.of(true, false)))
                .hasMessage("mask (2 elements) must be as large as this: 1");
        assertThatThrownBy(() -> new RateCount(1, 0).logE(1.5, 0)).hasMessage("rate (1.5) must be in (0, 1)");
    }

    @Test
    void aPartAndTheWholeBackwardsAreWhatALoopGives() {
        for (int size : new int[] {1, 63, 64, 65, 128, 200}) {
            PackedMask mask = Masks.random(random, size, 0.3);
            assertThat(mask.reversed()).isEqualTo(Masks.of(size, i -> mask.dropped(size - 1 - i)));
            for (int from = 0; from <= size; from += 7) {
                int first = from;
                for (int to = from; to <= size; to += 9) {
                    assertThat(mask.slice(from, to)).isEqualTo(Masks.of(to - from, i -> mask.dropped(first + i)));
                }
            }
        }
    }

    /** Up to the last bit of a word, and beyond it. */
    @Test
    void masksAreComparedAndPutTogetherAsLoopsDo() {
        for (int size : new int[] {1, 63, 64, 65, 128, 200}) {
            PackedMask a = Masks.random(random, size, 0.5);
            PackedMask b = Masks.random(random, size, 0.5);
            PackedMask where = Masks.random(random, size, 0.5);
            PackedMask both = Masks.of(size, i -> a.dropped(i) && b.dropped(i));
            int differences = 0;
            for (int i = 0; i < size; i++) {
                differences += a.dropped(i) != b.dropped(i) ? 1 : 0;
            }
            assertThat(a.differences(b)).isEqualTo(differences);
            assertThat(a.and(b)).isEqualTo(both);
            assertThat(a.replaced(where, b)).isEqualTo(Masks.of(size, i -> (where.dropped(i) ? b : a).dropped(i)));
            assertThat(a.complement()).isEqualTo(Masks.of(size, i -> !a.dropped(i)));
            assertThat(a.complement().count()).isEqualTo(size - a.count());
            assertThat(a.covers(both)).isTrue();
            assertThat(both.covers(a)).isEqualTo(both.equals(a));
            for (int at : new int[] {0, size / 2, size - 1}) {
                PackedMask one = Masks.of(size, i -> i == at);
                PackedMask others = Masks.of(size, i -> i != at && a.dropped(i));
                assertThat(others.covers(one)).isFalse();
                assertThat(a.equalsOutside(one, others)).isTrue();
                assertThat(a.equalsOutside(Masks.of(size, i -> i != at), others))
                        .isEqualTo(!a.dropped(at));
            }
        }
    }

    @Test
    void theRestOfAMaskIsWhatALoopGives() {
        for (int size : new int[] {1, 63, 64, 65, 128, 200}) {
            PackedMask mask = Masks.random(random, size, 0.5);
            for (int from = 0; from <= size + 64; from++) {
                int first = from;
                assertThat(mask.from(from)).isEqualTo(Masks.of(size, i -> i >= first && mask.dropped(i)));
                long bits = 0;
                for (int i = 0; i < 64 && from + i < size; i++) {
                    bits |= mask.dropped(from + i) ? 1L << i : 0;
                }
                assertThat(mask.bits(from)).isEqualTo(bits);
            }
        }
    }

    @Test
    void anAnswerInBitsTellsWhatWasKept() {
        for (int size : new int[] {0, 1, 64, 65, 200}) {
            PackedMask mask = Masks.random(random, size, 0.5);
            assertThat(PackedMask.ofKept(Bits.of(size, i -> !mask.dropped(i)))).isEqualTo(mask);
        }
    }

    @Test
    void equalMasksHashAlikeAndOthersRarely() {
        PackedMask mask = Masks.of(65, i -> i % 3 == 0);
        assertThat(mask).hasSameHashCodeAs(Masks.of(65, i -> i % 3 == 0)).hasToString("22 of 65 dropped");
        assertThat(mask.hashCode()).isNotEqualTo(Masks.of(66, i -> i % 3 == 0).hashCode());
        assertThat(mask.hashCode()).isNotEqualTo(Masks.of(65, i -> i % 3 == 1).hashCode());
        assertThat(mask).isNotEqualTo(Masks.of(66, i -> i % 3 == 0 && i < 65)).isNotEqualTo(Masks.of(65, i -> i == 0));
    }

    @Test
    void aColumnIsCountedAsALoopDoes() {
        PackedMask mask = Masks.random(random, 2000, 0.3);
        for (int width = 1; width < 140; width++) {
            for (int index = 0; index < width; index += 5) {
                int dropped = 0;
                for (int i = index; i < 2000; i += width) {
                    dropped += mask.dropped(i) ? 1 : 0;
                }
                assertThat(Stripe.dropped(mask, width, index)).isEqualTo(dropped);
            }
        }
    }
}
