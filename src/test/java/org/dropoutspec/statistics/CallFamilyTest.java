package org.dropoutspec.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dropoutspec.statistics.Place.Related;
import org.dropoutspec.statistics.Place.Where;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.junit.jupiter.api.Test;

class CallFamilyTest {
    private static final List<Shape> SHAPES = List.of(
            Shape.of(), Shape.of(5), Shape.of(3, 7), Shape.of(21), Shape.of(2, 50), Shape.of(130), Shape.of(4, 5, 20));

    private static List<Draw> draws(int count) {
        SplittableRandom random = new SplittableRandom(3);
        List<Draw> draws = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
            Draw draw = Draw.of(0.5, shape, Masks.random(random, shape.size(), 0.5));
            draws.add(random.nextInt(9) == 0 ? draw.withSeed() : draw);
        }
        return draws;
    }

    @Test
    void countsMatchASlowCount() {
        List<Draw> draws = draws(150);
        Family family = Family.across(Design.of(0, 0.5), "call");
        draws.forEach(family::observe);
        List<Finding> findings = family.findings();
        assertThat(findings.stream().map(finding -> ((Place.Other) finding.place()).call()))
                .contains(Stream.of(Related.values())
                        .filter(related -> related != Related.OTHER_TYPE)
                        .toArray(Related[]::new))
                .contains(new Place.Within(64), new Place.Back(64), new Place.BackOfShape(15));
        for (Finding finding : findings) {
            assertThat(List.of(finding.elements(), finding.dropped()))
                    .as(finding.toString())
                    .isEqualTo(slowly(draws, (Place.Other) finding.place(), finding.given()));
        }
    }

    private static List<Long> slowly(List<Draw> draws, Place.Other place, Finding.Given given) {
        long elements = 0;
        long dropped = 0;
        for (int now = 0; now < draws.size(); now++) {
            Draw draw = draws.get(now);
            for (int before : before(draws, now, place.call())) {
                PackedMask other = draws.get(before).mask();
                for (int i = 0; i < draw.mask().size(); i++) {
                    int known = known(place.where(), i, draw, other.size());
                    if (known >= 0
                            && known < other.size()
                            && other.dropped(known) == (given == Finding.Given.DROPPED)) {
                        elements++;
                        dropped += draw.mask().dropped(i) ? 1 : 0;
                    }
                }
            }
        }
        return List.of(elements, dropped);
    }

    private static List<Integer> before(List<Draw> draws, int now, Place.Call call) {
        Shape shape = draws.get(now).shape();
        Predicate<Integer> ofShape = i -> draws.get(i).shape().equals(shape);
        if (call instanceof Place.Within within) {
            return IntStream.range(Math.max(0, now - within.calls()), now)
                    .boxed()
                    .toList();
        } else if (call instanceof Place.Back back) {
            return now < back.calls() ? List.of() : List.of(now - back.calls());
        } else if (call instanceof Place.BackOfShape back) {
            return last(now, ofShape).skip(back.calls() - 1).limit(1).toList();
        }
        return switch ((Related) call) {
            case PREVIOUS, SAME_RATE, SAME_TYPE -> last(now, i -> true).limit(1).toList();
            case BEFORE_PREVIOUS -> last(now, i -> true).skip(1).limit(1).toList();
            case SAME_SHAPE, SAME_SHAPE_AND_RATE -> last(now, ofShape).limit(1).toList();
            case SAME_SIZE ->
                last(now, i -> draws.get(i).mask().size() == shape.size())
                        .limit(1)
                        .toList();
            case OTHER_TYPE -> List.of();
            case FIRST_OF_SHAPE ->
                IntStream.range(0, now).boxed().filter(ofShape).limit(1).toList();
            case SEEDED -> last(now, i -> draws.get(i).seeded()).limit(1).toList();
        };
    }

    private static Stream<Integer> last(int now, Predicate<Integer> wanted) {
        return IntStream.rangeClosed(1, now).mapToObj(back -> now - back).filter(wanted);
    }

    /** The element of the other call that element {@code i} is compared with; -1 for none. */
    private static int known(Where where, int i, Draw draw, int other) {
        int size = draw.mask().size();
        int rank = draw.shape().rank();
        if (where instanceof Where.Later later) {
            return i + later.elements();
        } else if (where instanceof Where.RowsLater rows) {
            return rank < 2 ? -1 : i + rows.rows() * draw.shape().extent(rank - 1);
        } else if (where instanceof Where.QuartersLater quarters) {
            return i + other * quarters.quarters() / 4;
        } else if (where instanceof Where.FromEnd) {
            return size == other ? -1 : i + other - size;
        } else if (where instanceof Where.Reversed) {
            return other - 1 - i;
        } else if (where instanceof Where.At at) {
            return i == at.index() ? i : -1;
        } else if (where instanceof Where.First) {
            return i == 0 ? 0 : -1;
        } else if (where instanceof Where.Last) {
            return i == size - 1 ? other - 1 : -1;
        } else if (where instanceof Where.LastForFirst) {
            return i == 0 ? other - 1 : -1;
        }
        int width = ((Where.LastBlock) where).width();
        return (other - 1) / width * width + i;
    }

    @Test
    void ofLargeCallsBothEndsAreCompared() {
        int size = 700_000;
        SplittableRandom random = new SplittableRandom(8);
        PackedMask first = Masks.random(random, size, 0.5);
        PackedMask fresh = Masks.random(random, size + 64, 0.5);
        Family family = Family.across(Design.of(0, 0.5), "call");
        family.observe(Masks.flat(0.5, first));
        family.observe(Masks.flat(
                0.5, Masks.of(size + 64, i -> i < size - 30_000 ? fresh.dropped(i) : first.dropped(i - 64))));
        Finding strongest = family.strongest().orElseThrow();
        assertThat(strongest.place()).isEqualTo(new Place.Other("call", Related.PREVIOUS, new Where.FromEnd()));
    }

    @Test
    void whatANewProcessDrawsIsNoRepetitionEither() {
        PackedMask mask = Masks.random(new SplittableRandom(2), 1000, 0.5);
        Family duplicates = Family.duplicates(Design.of(0, 0.5));
        duplicates.observe(Masks.flat(0.5, mask));
        duplicates.restarted();
        duplicates.observe(Masks.flat(0.5, mask));
        assertThat(duplicates.logE()).isNegative();
        duplicates.observe(Masks.flat(0.5, mask));
        assertThat(duplicates.logE()).isPositive();
    }

    /** Two copies of one stream, one for each type. */
    @Test
    void whatAnotherTypeDrewAtTheSameRateIsARepetition() {
        PackedMask mask = Masks.random(new SplittableRandom(2), 1000, 0.1);
        float rate = 0.1f;
        Stratum other = new Stratum(DType.FLOAT64, 0.1);
        Design design = new Design(List.of(new Stratum(DType.FLOAT32, rate), other), 0, Rows.NONE);
        Family duplicates = Family.duplicates(design);
        duplicates.observe(Draw.of(design.strata().get(0), Shape.of(1000), mask));
        assertThat(duplicates.logE()).isNegative();
        duplicates.observe(Draw.of(other, Shape.of(1000), mask));
        assertThat(duplicates.logE()).isPositive();
    }

    @Test
    void aNewProcessIsComparedWithNothing() {
        Draw draw = draws(1).get(0);
        Family family = Family.across(Design.of(0, 0.5), "call");
        family.observe(draw);
        family.restarted();
        family.observe(draw);
        assertThat(family.findings()).isEmpty();
        family.observe(draw);
        assertThat(family.findings()).isNotEmpty();
    }
}
