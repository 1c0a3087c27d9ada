package org.dropoutspec.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Index arithmetic against loops over multi-indices. */
class ShapeProperties {
    @Property(seed = "1", tries = 300)
    void permutedElementsAreThoseOfTheMultiIndex(@ForAll("shapes") Shape shape, @ForAll("randoms") Random random) {
        int[] axes = permutation(shape.rank(), random);
        Shape permuted = shape.permuted(axes);
        int[] indices = shape.indicesPermuted(axes);
        assertThat(indices).hasSize(shape.size());
        for (int i = 0; i < indices.length; i++) {
            int[] shown = multiIndex(permuted, i);
            int[] own = new int[shape.rank()];
            for (int axis = 0; axis < axes.length; axis++) {
                own[axes[axis]] = shown[axis];
            }
            assertThat(indices[i]).as("element %d of %s permuted", i, shape).isEqualTo(flat(shape, own));
        }
    }

    @Property(seed = "1", tries = 300)
    void broadcastElementsIgnoreAxesOfExtentOne(@ForAll("shapes") Shape target, @ForAll("randoms") Random random) {
        int rank = target.rank() == 0 ? 0 : random.nextInt(target.rank() + 1);
        int missing = target.rank() - rank;
        int[] extents = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            extents[axis] = random.nextBoolean() ? 1 : target.extent(axis + missing);
        }
        Shape narrow = Shape.of(extents);
        int[] indices = narrow.indicesBroadcastTo(target);
        assertThat(indices).hasSize(target.size());
        for (int i = 0; i < indices.length; i++) {
            int[] wide = multiIndex(target, i);
            int[] own = new int[rank];
            for (int axis = 0; axis < rank; axis++) {
                own[axis] = extents[axis] == 1 ? 0 : wide[axis + missing];
            }
            assertThat(indices[i]).as("%s to %s", narrow, target).isEqualTo(flat(narrow, own));
        }
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return Arbitraries.integers()
                .between(0, 4)
                .list()
                .ofMaxSize(5)
                .map(extents ->
                        Shape.of(extents.stream().mapToInt(Integer::intValue).toArray()));
    }

    @Provide
    Arbitrary<Random> randoms() {
        return Arbitraries.longs().map(Random::new);
    }

    private static int[] permutation(int rank, Random random) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            axes.add(axis);
        }
        Collections.shuffle(axes, random);
        return axes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The position of the {@code index}-th element: the last axis runs fastest. */
    private static int[] multiIndex(Shape shape, int index) {
        int[] position = new int[shape.rank()];
        int rest = index;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            position[axis] = rest % shape.extent(axis);
            rest /= shape.extent(axis);
        }
        return position;
    }

    private static int flat(Shape shape, int[] position) {
        int index = 0;
        for (int axis = 0; axis < position.length; axis++) {
            index = index * shape.extent(axis) + position[axis];
        }
        return index;
    }
}
