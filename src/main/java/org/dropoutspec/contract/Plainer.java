package org.dropoutspec.contract;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;
import org.dropoutspec.condition.Condition;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.condition.Layout;
import org.dropoutspec.condition.Scope;

/**
 * What is asked under a condition. A failure shrinks to the plainest condition and the smallest input that still fail.
 *
 * @param form makes what is asked under a condition
 * @param allowed the conditions that the check can be asked under
 */
record Plainer<T>(Condition condition, Function<Condition, T> form, Scope scope, Predicate<Condition> allowed)
        implements Shrinkable<T> {
    private static final List<Factor> FACTORS = List.of(
            Factor.LAYOUT,
            Factor.MASK_SHAPE,
            Factor.BEFORE,
            Factor.GRADIENT,
            Factor.SEED,
            Factor.VALUES,
            Factor.TYPE,
            Factor.RATE);

    @Override
    public T value() {
        return form.apply(condition);
    }

    @Override
    public Stream<Shrinkable<T>> shrink() {
        Stream<Condition> swapped = condition.with(Factor.LAYOUT.level(Layout.SWAPPED.ordinal()), scope).stream();
        return Stream.of(
                        FACTORS.stream().map(factor -> condition.plainer(factor, scope)),
                        swapped,
                        condition.smaller().stream())
                .flatMap(conditions -> conditions)
                .filter(allowed)
                .map(plainer -> (Shrinkable<T>) new Plainer<>(plainer, form, scope, allowed))
                .filter(plainer -> plainer.distance().compareTo(distance()) < 0);
    }

    /** How many levels are unusual, then how far the layout is from memory's order, then how large the input is. */
    @Override
    public ShrinkingDistance distance() {
        long unusual = FACTORS.stream()
                .filter(factor -> !condition.level(factor).isPlain())
                .count();
        return ShrinkingDistance.of(
                unusual,
                condition.layout().ordinal(),
                condition.shape().size(),
                condition.shape().rank());
    }
}
