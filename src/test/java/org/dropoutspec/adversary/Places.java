package org.dropoutspec.adversary;

import static org.dropoutspec.adversary.Layer.PLAIN;

import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;

/** Masks that go wrong at some places: ends of loops, edges of blocks, lanes, columns, and where the input is special. */
final class Places {
    private Places() {}

    static List<Broken> all() {
        return List.of(
                keeps("never drops the last elements that do not fill a vector of 8", (i, n, row, x) -> i >= n - n % 8),
                keeps(
                        "never drops the last elements that do not fill a vector of 4, from 64 elements on",
                        (i, n, row, x) -> n >= 64 && i >= n - n % 4),
                keeps("never drops the last element of an odd number", (i, n, row, x) -> n % 2 == 1 && i == n - 1),
                keeps(
                        "never drops the last element of a power of two",
                        (i, n, row, x) -> Integer.bitCount(n) == 1 && i == n - 1),
                keeps(
                        "never drops the last column where it is a multiple of 8",
                        (i, n, row, x) -> row % 8 == 0 && i % row == row - 1),
                keeps("never drops the first column", (i, n, row, x) -> row > 1 && i % row == 0),
                keeps("never drops the last row", (i, n, row, x) -> row < n && i >= n - row),
                keeps("never drops index 100", (i, n, row, x) -> i == 100),
                keeps("never drops index 1,500", (i, n, row, x) -> i == 1500),
                keeps("never drops every 1,024th element", (i, n, row, x) -> i % 1024 == 1023),
                keeps("never drops every 100th element", (i, n, row, x) -> i % 100 == 99),
                keeps("never drops the largest element in magnitude", (i, n, row, x) -> x.largest() == i),
                keeps("never drops the largest element", (i, n, row, x) -> x.top() == i),
                keeps("never drops negative numbers below -32", (i, n, row, x) -> x.at(i) < -32),
                keeps(
                        "never drops what is larger than 60 from 1,024 elements on",
                        (i, n, row, x) -> n >= 1024 && x.at(i) > 60),
                repeats(
                        "gives the tail of a vector of 16 the elements of the head",
                        (i, n, row) -> i >= n - n % 16 ? i - (n - n % 16) : i),
                repeats(
                        "gives the last two columns one mask",
                        (i, n, row) -> row > 1 && i % row == row - 1 ? i - 1 : i),
                repeats(
                        "draws per column where the last axis is below 32",
                        (i, n, row) -> row > 1 && row < 32 ? i % row : i),
                repeats(
                        "draws one row for two where the last axis is 32 or 64",
                        (i, n, row) -> (row == 32 || row == 64) && i / row % 2 == 1 ? i - row : i),
                repeats("uses lane 7's number for lane 6 too", (i, n, row) -> i % 8 == 7 ? i - 1 : i),
                repeats(
                        "draws once for two elements 32 apart in rows that are a multiple of 128",
                        (i, n, row) -> row % 128 == 0 && i % 64 >= 32 ? i - 32 : i),
                repeats("begins anew after 32,768 elements", (i, n, row) -> i & 32_767),
                repeats("repeats blocks of 1,000", (i, n, row) -> i % 2000 >= 1000 ? i - 1000 : i),
                repeats("mirrors the mask in its middle", (i, n, row) -> n > 100 && i >= n / 2 ? n - 1 - i : i));
    }

    private record Input(Call call, int largest, int top) {
        static Input of(Call call) {
            int largest = 0;
            int top = 0;
            for (int i = 1; i < Layer.size(call); i++) {
                float x = at(call, i);
                largest = Math.abs(x) > Math.abs(at(call, largest)) ? i : largest;
                top = x > at(call, top) ? i : top;
            }
            return new Input(call, largest, top);
        }

        float at(int i) {
            return at(call, i);
        }

        private static float at(Call call, int i) {
            return call.input().floatAt(i);
        }
    }

    private interface Kept {
        boolean at(int index, int size, int row, Input input);
    }

    private interface Source {
        int of(int index, int size, int row);
    }

    private static Broken keeps(String name, Kept always) {
        return Broken.of(
                name,
                seed -> new Layer(PLAIN, seed) {
                    @Override
                    void draw(byte[] kept, Call call) {
                        super.draw(kept, call);
                        Input input = Input.of(call);
                        for (int i = 0; i < kept.length && call.rate() < 1; i++) {
                            if (always.at(i, kept.length, row(call), input)) {
                                kept[i] = 1;
                            }
                        }
                    }
                },
                "MASK-8",
                "MASK-12",
                "MASK-1");
    }

    private static Broken repeats(String name, Source source) {
        Description plain = PLAIN;
        return Broken.of(
                name,
                seed -> new Layer(plain, seed) {
                    @Override
                    void draw(byte[] kept, Call call) {
                        super.draw(kept, call);
                        for (int i = 0; i < kept.length; i++) {
                            kept[i] = kept[source.of(i, kept.length, row(call))];
                        }
                    }
                },
                "MASK-2",
                "MASK-10",
                "MASK-9",
                "MASK-11");
    }
}
