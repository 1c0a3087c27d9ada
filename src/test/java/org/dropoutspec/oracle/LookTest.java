package org.dropoutspec.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of an element that is wrong one requirement tells: what follows from it is not told beside it. */
class LookTest {
    private static final Shape SHAPE = Shape.of(3);
    private static final Call CALL =
            Call.training(0.5, Tensor.ofFloats(SHAPE, 1, 2, 3)).withGradOutput(Tensor.ofFloats(SHAPE, 5, 6, 7));

    /** As it should be: the first and the last are kept. */
    private static final Tensor OUTPUT = Tensor.ofFloats(SHAPE, 2, 0, 6);

    private static final Tensor MASK = Tensor.ofBooleans(SHAPE, true, false, true);
    private static final Tensor GRADIENT = Tensor.ofFloats(SHAPE, 10, 0, 14);

    @Test
    void anAnswerThatIsRightBreaksNothing() {
        assertThat(broken(OUTPUT, MASK, GRADIENT)).isEmpty();
    }

    @Test
    void whereTheGradientIsAsTheReportedMaskSaysTheMaskAloneIsTold() {
        Tensor output = Tensor.ofFloats(SHAPE, 0, 0, 6);
        assertThat(broken(output, MASK, GRADIENT)).containsExactly("MASK-4");
        assertThat(broken(Tensor.ofFloats(SHAPE, 2, 4, 6), MASK, GRADIENT)).containsExactly("MASK-4");
    }

    @Test
    void whereTheOutputIsAsTheReportedMaskSaysTheGradientIsTold() {
        assertThat(broken(OUTPUT, MASK, Tensor.ofFloats(SHAPE, 0, 0, 14))).containsExactly("BWD-1");
        assertThat(broken(OUTPUT, MASK, Tensor.ofFloats(SHAPE, 10, 12, 14))).containsExactly("BWD-1");
    }

    /** A loop that ends early leaves an input as it was, whether it would have been dropped or not. */
    @Test
    void anOutputThatIsNoScaledInputSaysNothingOfTheGradient() {
        Call call = CALL.withRate(0.75);
        Result result = Result.of(Tensor.ofFloats(SHAPE, 4, 0, 3)).withGradInput(Tensor.ofFloats(SHAPE, 20, 0, 0));
        assertThat(new Watch(Description.of("any", "1")).look(call, result).sightings())
                .containsExactly(new Sighting("FWD-1", "index 2, expected 12.0, got 3.0"));
    }

    /** The scale of a gradient is its own matter all the same. */
    @Test
    void aGradientThatIsScaledWronglyIsToldBesideAMaskThatIs() {
        assertThat(broken(Tensor.ofFloats(SHAPE, 0, 0, 6), MASK, Tensor.ofFloats(SHAPE, 5, 0, 14)))
                .containsExactly("MASK-4", "BWD-2");
    }

    /** A mask that is drawn at another rate than asked, as one of an earlier call is, shows at rate 0 and 1 too. */
    @ParameterizedTest(name = "at rate {0} an element of {1} for 2 belongs to: {2}")
    @CsvSource({"0, 0, MASK-1", "0, 3, ", "1, 2, MASK-1", "1, NaN, "})
    void whereEverythingIsKeptOrDroppedAMaskBelongsToTheRequirementOnRates(double rate, float got, String whole) {
        Call call = Call.training(rate, Tensor.ofFloats(Shape.of(1), 2));
        Sighting seen = new Watch(Description.of("any", "1"))
                .look(call, Result.of(Tensor.ofFloats(Shape.of(1), got)))
                .sightings()
                .get(0);
        assertThat(seen.requirement()).isEqualTo(rate == 0 ? "RATE-7" : "RATE-8");
        assertThat(seen.partOf()).isEqualTo(Optional.ofNullable(whole));
    }

    private static List<String> broken(Tensor output, Tensor mask, Tensor gradient) {
        Result result = Result.of(output).withMask(mask).withGradInput(gradient);
        return new Watch(Description.of("any", "1"))
                .look(CALL, result).sightings().stream()
                        .map(Sighting::requirement)
                        .toList();
    }
}
