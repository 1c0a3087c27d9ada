package org.dropoutspec.contract;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/** Values that the specification names: each is tried in every run, whatever else is drawn at random. */
final class InTurn {
    /** The size that jqwik gives its own generators; it says how they weigh small values. */
    static final int GENERATOR_SIZE = 1000;

    private InTurn() {}

    /** These, over and over; the first is the plainest. */
    static <T> Arbitrary<T> of(List<T> all) {
        return cycle(IntStream.range(0, all.size())
                .mapToObj(index -> (Shrinkable<T>) new Named<>(all, index))
                .toList());
    }

    static <T> Arbitrary<T> cycle(List<Shrinkable<T>> all) {
        AtomicInteger turn = new AtomicInteger();
        return Arbitraries.fromGenerator(random -> all.get(Math.floorMod(turn.getAndIncrement(), all.size())));
    }

    /** These once, and then others. */
    static <T> Arbitrary<T> first(List<T> first, Arbitrary<T> others) {
        return after(0, first, others);
    }

    /** Some others, so that a defect which they show too is told by them; then these once, and then others. */
    static <T> Arbitrary<T> after(int some, List<T> first, Arbitrary<T> others) {
        AtomicInteger turn = new AtomicInteger(-some);
        RandomGenerator<T> rest = others.generator(GENERATOR_SIZE);
        return Arbitraries.fromGenerator(random -> {
            int next = turn.getAndIncrement();
            return next >= 0 && next < first.size() ? new Named<>(first, next) : rest.next(random);
        });
    }

    /** These once, each of which shrinks in its own way, and then others. */
    static <T> Arbitrary<T> once(List<? extends Shrinkable<T>> first, Arbitrary<T> others) {
        AtomicInteger turn = new AtomicInteger();
        RandomGenerator<T> rest = others.generator(GENERATOR_SIZE);
        return Arbitraries.fromGenerator(random -> {
            int next = turn.getAndIncrement();
            return next < first.size() ? first.get(next) : rest.next(random);
        });
    }

    /** One of a list, which shrinks to those before it. */
    private record Named<T>(List<T> all, int index) implements Shrinkable<T> {
        @Override
        public T value() {
            return all.get(index);
        }

        @Override
        public Stream<Shrinkable<T>> shrink() {
            return IntStream.range(0, index).mapToObj(earlier -> new Named<>(all, earlier));
        }

        @Override
        public ShrinkingDistance distance() {
            return ShrinkingDistance.of(index);
        }
    }
}
