package org.dropoutspec.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.defect.Defect;
import org.dropoutspec.defect.Generator.Drawn;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.selftest.Generated.Hunt;
import org.junit.jupiter.api.Test;

class GeneratedTest {
    private static final Generated QUICK = new Generated(Tier.QUICK, 2026, name -> {});
    private static final List<Drawn> DRAWN =
            IntStream.range(0, 12).mapToObj(QUICK.generator()::draw).toList();

    /** Few, since each takes a run: {@code self-test --generated N} looks for as many as there is time for. */
    @Test
    void whatIsPromisedIsFound() {
        assertThat(DRAWN.stream().filter(Drawn::promised).limit(3))
                .hasSize(3)
                .allSatisfy(drawn -> assertThat(QUICK.hunt(drawn).found()).isNotEmpty());
    }

    @Test
    void whatIsPromisedAndNotFoundIsToldWithTheCommandThatReplaysIt() {
        Drawn promised = drawn(7, true, 1);
        GeneratedResult result = new GeneratedResult(
                Tier.QUICK,
                3,
                List.of(
                        new Hunt(drawn(6, true, 1), Set.of("MASK-1")),
                        new Hunt(promised, Set.of()),
                        new Hunt(drawn(8, false, 0.25), Set.of())));
        assertThat(result.missed()).extracting(Hunt::drawn).containsExactly(promised);
        assertThat(result.exitStatus()).isOne();
        assertThat(result.lines())
                .anyMatch(line -> line.matches("all +2 +1 +50\\.0 % +1 +0 +0\\.\\d"))
                .contains(
                        "missed: index 7, not found, promised: " + promised.defect(),
                        "  replay: self-test --generated 8 --index 7 --tier quick --seed 3");
    }

    private static Drawn drawn(int index, boolean promised, double probability) {
        Defect defect = DRAWN.get(index).defect();
        return new Drawn(index, defect, Description.of("generated", "1"), promised, probability);
    }
}
