package org.dropoutspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ReferenceImplementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final Call CALL = Call.training(0.5, Tensor.ofFloats(Shape.of(3), 1, 2, 3));

    /** The reference, which notes what it is asked. */
    private static final class Noting implements Implementation {
        private final Implementation reference = new ReferenceImplementation(1);
        private final List<Integer> inBits = new ArrayList<>();
        private final Description description;

        Noting(Capability... capabilities) {
            this.description = Description.of("noting", "1").withCapabilities(capabilities);
        }

        @Override
        public Description description() {
            return description;
        }

        @Override
        public Result dropout(Call call) {
            return reference.dropout(call);
        }

        @Override
        public Bits kept(Call call) {
            inBits.add(call.input().size());
            return Bits.ofNonzero(dropout(call).output());
        }
    }

    @Test
    void callsAreCountedByTheRequirementThatIsChecked() {
        Profile profile = new Profile(Noting::new);
        List<String> begun = new ArrayList<>();
        profile.told(begun::add).accept("FWD-1");
        profile.dropout(CALL);
        profile.dropout(CALL);
        profile.told(begun::add).accept("MASK-14");
        profile.kept(CALL);
        List<String> lines = profile.lines();
        assertThat(begun).containsExactly("FWD-1", "MASK-14");
        assertThat(lines)
                .anyMatch(line -> line.matches(" +FWD-1 +[0-9.]+ s in 2 calls of 6 elements"))
                .anyMatch(line -> line.matches(" +MASK-14 +[0-9.]+ s in 1 calls of 3 elements"))
                .last()
                .isEqualTo("  drawing by itself: not seen without tiled_input and kept_bits");
    }

    /** The calls that show what drawing takes come after the run, and do not count. */
    @Test
    void drawingIsTimedInBits() {
        Noting noting = new Noting(Capability.KEPT_BITS, Capability.TILED_INPUT);
        Profile profile = new Profile(() -> noting);
        profile.told(any -> {}).accept("MASK-1");
        profile.dropout(CALL);
        List<String> lines = profile.lines();
        assertThat(noting.inBits).containsOnly(1 << 20);
        assertThat(lines).last().asString().matches(".* times what drawing its 3 elements so takes");
    }

    @Test
    void itIsToldBesideTheResult() {
        Run run = Run.of("certify", "--profile", "--only", "FWD-5", "--seed", "1");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.err()).anyMatch(line -> line.matches("profile: [0-9.]+ s in all"));
        assertThat(run.out()).noneMatch(line -> line.contains("profile"));
    }
}
