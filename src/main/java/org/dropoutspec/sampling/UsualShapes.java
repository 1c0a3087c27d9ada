package org.dropoutspec.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dropoutspec.tensor.Shape;

/**
 * Shapes that dropout is mostly applied to, and that kernels are tuned for: every width up to 64, the widths of
 * well-known networks, their heads and feature maps, small images, and square matrices of powers of two. If shapes were
 * drawn at random, most of these would come in few runs.
 */
final class UsualShapes {
    private static final int FEWEST = 512;

    private static final int SMALL_WIDTHS = 64;

    private static final int[] WIDTHS = {
        84, 96, 100, 120, 192, 200, 256, 300, 320, 384, 500, 512, 640, 768, 784, 800, 1000, 1024, 1152, 1280, 1500,
        1536, 1600, 1920, 2000, 2048, 2304, 2560, 3072, 3840, 4096, 5000, 5120, 6144, 8192, 9216, 10_000, 12_288
    };

    private static final List<Shape> MAPS = List.of(
            Shape.of(2, 1, 28, 28),
            Shape.of(2, 3, 32, 32),
            Shape.of(2, 32, 32, 3),
            Shape.of(1, 8, 64, 64),
            Shape.of(2, 256, 6, 6),
            Shape.of(1, 512, 7, 7),
            Shape.of(1, 7, 7, 512),
            Shape.of(1, 12, 50, 64),
            Shape.of(8, 8),
            Shape.of(16, 16),
            Shape.of(32, 32),
            Shape.of(64, 64));

    private UsualShapes() {}

    /** All usual shapes of at most so many elements; each width in enough examples that an error is no chance. */
    static List<Shape> upTo(int largest) {
        List<Shape> all = new ArrayList<>(MAPS);
        IntStream.concat(IntStream.rangeClosed(2, SMALL_WIDTHS), Arrays.stream(WIDTHS))
                .mapToObj(width -> Shape.of(Math.max(2, (FEWEST + width - 1) / width), width))
                .forEach(all::add);
        all.removeIf(shape -> shape.size() > largest);
        return all;
    }
}
