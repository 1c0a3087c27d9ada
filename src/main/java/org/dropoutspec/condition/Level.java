package org.dropoutspec.condition;

import java.util.Objects;

/**
 * One of the values of a factor.
 *
 * @param index from 0, in the order of the factor's levels
 */
public record Level(Factor factor, int index) {
    public Level {
        Objects.checkIndex(index, factor.size());
    }

    /** The level in words for a message: {@code rank 4}, {@code with a gradient}, {@code right after an evaluation}. */
    public String words() {
        return factor.words(index);
    }

    public boolean isPlain() {
        return equals(factor.plainest());
    }

    @Override
    public String toString() {
        return words();
    }
}
