package org.dropoutspec.adversary.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.certify.Selection;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Implementation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a quick run did not find, one of each kind; {@link FamilyTrial} looks for all of them, and with every requirement.
 */
class FamilyBrokenTest {
    private static final long SEED = 20_261_122;

    @ParameterizedTest(name = "{0} {1} is told by {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "spatial_dropout | draws a symmetric mask | MASK-2 | elements were dropped",
                "alpha_dropout | draws a symmetric mask | MASK-2 | the element with row and column exchanged",
                "alpha_dropout | never drops the last element of sizes of 7 mod 8 | MASK-8 | element 6 was dropped in 0 of",
                "stochastic_depth | drops a fixed number of batches of exactly 32 | MASK-9 | calls of 32 elements",
                "gaussian_dropout | multiplies by 1 in calls of one element | GAUSS-6 | elements of noise lie between",
                "dropout | writes the first 65,536 elements back | FWD-11 | input after the call",
                "dropout | has room for the masks of 16 calls | BWD-11 | release of step 2",
                "dropout | saves the number of its draws modulo 20 | STATE-1 | restore the state",
                "dropout | gives later layers the noise shape of the call before | STATE-9 | elements were dropped",
                "dropout | gives later layers the noise shape of their first call | STATE-9 | elements were dropped",
                "dropout | seeds a layer with seed + number | SEED-4 | instance 0 with seed 2 and instance 1 with seed 1",
                "dropout | draws after a retained evaluation | EVAL-3 | got",
                "dropout | draws in an evaluation of other instances | EVAL-3 | got",
                "dropout | draws for a given mask in other instances | SEED-7 | got",
                "rnn | scales the bias | RNN-1 | expected",
                "stochastic_depth | drops both of a batch of two or none | MASK-2 | (float32 [2])",
                "attention | never drops the largest probability of a query | MASK-7 | as for 1, 2, 3",
                "dropconnect | draws tiles of 16 by 16 symmetric | MASK-2 | row and column exchanged",
                "spatial_dropout | examples 4 apart are drawn alike in batches of 8 | MASK-2 | elements were dropped",
                "stochastic_depth | drops a fixed number of batches of exactly 5 | MASK-9 | varies too little",
                "spatial_dropout | rows overlap by C mod 32 | MASK-2 | elements were dropped",
                "spatial_dropout | keeps each 256th element | MASK-8 | with index modulo 256 = 0",
                "attention | takes the exponential of scores as they are | ATTN-1 | got NaN",
                "gaussian_dropout | puts a value that it may not take the logarithm of in the place of one in 256 | GAUSS-6 | standard deviations from the mean",
                "network | adds 0 times the logarithm of 0 for a class that is as good as impossible | NET-2 | got NaN"
            })
    void isFound(String operation, String name, String requirement, String words) {
        List<Certificate.Finding> failures = failures(broken(operation, name), Set.of(requirement));
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0).verdict().message()).contains(words);
    }

    /** By the requirement whose sentence it is, though others see it too. */
    @ParameterizedTest(name = "{0} {1} is told by {2} alone")
    @CsvSource(
            delimiter = '|',
            value = {
                "spatial_dropout | divides by the share of channels that it kept | FWD-1 | SPATIAL-2 | expected",
                "spatial_dropout | scales in evaluation where there is one example | EVAL-1 | SPATIAL-2 | expected",
                "spatial_dropout | uses each mask twice for as many channels | MASK-3 | MASK-7,SEED-1,SEED-3,SEED-4 | the previous call",
                "spatial_dropout | drops whole examples of rank 3 | MASK-2 | MASK-1,SEED-1 | the element",
                "spatial_dropout | shares the mask over the batch for rank 5 | MASK-2 | MASK-1,SEED-1,SEED-2 | elements were dropped",
                "stochastic_depth | takes the rate for keeping in a batch of one | MASK-1 | SEED-8 | elements were dropped",
                "dropconnect | drops the first example alone | CONN-1 | MASK-4,MASK-6 | expected",
                "dropconnect | takes all weights for the last of three examples and more | CONN-1 | MASK-4,MASK-6 | expected",
                "gaussian_dropout | keeps its noise in 8 bits | GAUSS-6 | MASK-1 | elements of noise lie between",
                "gaussian_dropout | draws float64 by bfloat16 | GAUSS-6 | MASK-13 | elements of noise lie between",
                "rnn | leaves the recurrent connection unscaled | RNN-1 | RNN-2 | expected",
                "rnn | draws the recurrent mask anew at the last step | RNN-2 | RNN-1 | in the steps before"
            })
    void isToldOnce(String operation, String name, String requirement, String others, String words) {
        Set<String> asked = Stream.concat(Stream.of(requirement), Stream.of(others.split(",")))
                .collect(Collectors.toSet());
        List<Certificate.Finding> failures = failures(broken(operation, name), asked);
        assertThat(failures).extracting(finding -> finding.requirement().id()).containsExactly(requirement);
        assertThat(failures.get(0).verdict().message()).contains(words);
    }

    /**
     * Operations of several sites take several times as long: without {@code -Dadversary.seeds=N} the first alone is asked.
     */
    static Stream<Arguments> ofSeveralSites() {
        return Stream.of(
                        Arguments.of(
                                "network",
                                "draws every second example as the one before",
                                "NET-7",
                                "MASK-2",
                                "expected masks of their own"),
                        Arguments.of("rnn", "scales the bias", "RNN-1", "MASK-4,MASK-6", "expected"),
                        Arguments.of(
                                "rnn", "masks the state that it puts out", "RNN-1", "MASK-4,MASK-6,RNN-2", "expected"),
                        Arguments.of(
                                "rnn", "scales the bias by the recurrent scale", "RNN-1", "MASK-4,MASK-6", "expected"),
                        Arguments.of(
                                "network",
                                "keeps its masks for a second step",
                                "NET-8",
                                "MASK-3,SEED-3,SEED-4",
                                "the same mask"),
                        Arguments.of(
                                "network",
                                "drops whole examples of the second layer",
                                "MASK-2",
                                "MASK-1,NET-7",
                                "elements were dropped"))
                .limit(Long.getLong("adversary.seeds", 0) > 0 ? Long.MAX_VALUE : 1);
    }

    @Tag("sound")
    @ParameterizedTest(name = "{0} {1} is told by {2} alone")
    @MethodSource("ofSeveralSites")
    void isToldOnceAtSeveralSites(String operation, String name, String requirement, String others, String words) {
        isToldOnce(operation, name, requirement, others, words);
    }

    private static FamilyBroken broken(String operation, String name) {
        return FamilyBroken.all().stream()
                .filter(one -> one.operation().equals(operation) && one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Certificate.Finding> failures(FamilyBroken broken, Set<String> only) {
        return failures(broken.implementation().apply(SEED), broken.operation(), only);
    }

    private static List<Certificate.Finding> failures(Implementation one, String operation, Set<String> only) {
        return new Certifier(Tier.QUICK, SEED, new Selection(Set.of(operation), only), id -> {})
                .certify(one).findings().stream()
                        .filter(finding -> finding.verdict() instanceof Verdict.Fail)
                        .toList();
    }

    @ParameterizedTest(name = "seeds every layer alike {0}")
    @ValueSource(booleans = {true, false})
    void layersThatMakeSeedsOfTheirOwnAreSound(boolean alike) {
        assertThat(failures(BetweenDefects.soundLayers(SEED, alike), "dropout", Set.of("SEED-4", "STATE-6", "STATE-7")))
                .isEmpty();
    }

    /** A number is free again when its call is let go. */
    @Test
    void numbersOfRetainedCallsMayComeAgain() {
        assertThat(failures(
                        LaterDefects.soundNumbers(SEED),
                        "dropout",
                        Set.of("BWD-11", "BWD-13", "BWD-14", "BWD-15", "STATE-1")))
                .isEmpty();
    }

    @Test
    void everyOneHasAName() {
        assertThat(FamilyBroken.all()).extracting(FamilyBroken::toString).doesNotHaveDuplicates();
    }
}
