package org.dropoutspec.contract;

import java.util.Arrays;
import org.dropoutspec.tensor.Shape;

/** Ways in which a noise shape does not broadcast to exactly the shape of the input. */
enum BadNoise {
    /** One extent is larger than the input's. */
    LONGER {
        @Override
        Shape of(Shape noise, Shape input, int axis) {
            return input.rank() == 0 ? MORE_AXES.of(noise, input, axis) : with(noise, input, axis, 1);
        }
    },
    /** One extent is smaller than the input's and not 1; where the input's is too short for that, it is larger. */
    SHORTER {
        @Override
        Shape of(Shape noise, Shape input, int axis) {
            int which = input.rank() == 0 ? 0 : axis % input.rank();
            return input.rank() > 0 && input.extent(which) > 2
                    ? with(noise, input, axis, -1)
                    : LONGER.of(noise, input, axis);
        }
    },
    /** It has one more axis, of extent 2. */
    MORE_AXES {
        @Override
        Shape of(Shape noise, Shape input, int axis) {
            return behind(2, noise);
        }
    },
    /** It has one more axis, of extent 1, which the output would have too. */
    ONE_MORE_AXIS {
        @Override
        Shape of(Shape noise, Shape input, int axis) {
            return behind(1, noise);
        }
    };

    /** The noise shape, spoilt in this way. */
    abstract Shape of(Shape noise, Shape input, int axis);

    private static Shape with(Shape noise, Shape input, int axis, int more) {
        int[] extents = noise.extents();
        int which = axis % extents.length;
        extents[which] = input.extent(which) + more;
        return Shape.of(extents);
    }

    private static Shape behind(int first, Shape noise) {
        int[] extents = new int[noise.rank() + 1];
        Arrays.setAll(extents, axis -> axis == 0 ? first : noise.extent(axis - 1));
        return Shape.of(extents);
    }
}
