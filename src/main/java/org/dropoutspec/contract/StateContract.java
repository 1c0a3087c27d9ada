package org.dropoutspec.contract;

import static org.dropoutspec.contract.Applies.STREAM;
import static org.dropoutspec.implementation.Capability.BACKWARD;
import static org.dropoutspec.implementation.Capability.INSTANCES;
import static org.dropoutspec.implementation.Capability.SEED;
import static org.dropoutspec.implementation.Capability.STATE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.dropoutspec.contract.Step.Asked;
import org.dropoutspec.contract.Step.Restore;
import org.dropoutspec.contract.Step.Save;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Seeding.Scope;

/** Chapter STATE of the specification, as far as it is about one process: states, and layers beside each other. */
public interface StateContract extends Contract {
    /** How many instances, the first ones, walks may seed beside {@link #WRAPPING}; the others are never seeded. */
    int INSTANCES_SEEDED = 4;

    /** Instances that a counter of 3 bits, or an array of 15 layers, takes for instance 0. */
    List<Integer> WRAPPING = List.of(8, 15);

    /** The numbers that instances 0 to 3 of a walk may get. */
    List<List<Integer>> NUMBERINGS =
            List.of(List.of(0, 1, 2, 3), List.of(1, 2, 0, 3), List.of(0, 8, 15, 1), List.of(15, 0, 8, 2));

    /** An instance that, in a process started anew, nothing names before a state is saved. */
    int LATE = 5;

    @Property(tries = 40)
    @Checks(
            value = "STATE-1",
            pin = "9f1934a0",
            needs = STATE,
            when = STREAM,
            standsOn = {"SEED-1", "SEED-2", "EVAL-3", "STATE-3", "MASK-3"})
    default void aRestoredStateGoesOnAsItDid(@ForAll("savedAndRestored") List<Step> steps) {
        if (CheckRun.current().begins()) {
            // the plain call first, which tells a defect that it shows too
            Walk.of(StepLists.resumedAfter(Steps.mostPlain()), Walk.Judging.MASKS);
            for (Asked far : Steps.farther()) {
                Walk.of(StepLists.resumedAfter(far), Walk.Judging.MASKS);
            }
            Walk.of(StepLists.resumedAfterMany(), Walk.Judging.MASKS);
            Walk.ofEach(EachKind.aroundASave(), Walk.Judging.MASKS);
        }
        Walk.of(steps, Walk.Judging.MASKS);
    }

    @Provide
    default Arbitrary<List<Step>> savedAndRestored() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        3,
                        StepLists.begun(StepLists.resumed(StepLists.of(List.of(
                                Steps.draws(),
                                Steps.draws(),
                                Steps.training(),
                                Steps.interlude(),
                                Steps.seeded(Steps.draws()),
                                Steps.wrong(),
                                Steps.save(),
                                Steps.restore()))))),
                Tuple.of(2, Steps.covered().map(call -> List.of(call, new Save(), call, new Restore(0), call))));
    }

    @Property(tries = 20)
    @Checks(
            value = "STATE-3",
            pin = "2e666d2b",
            needs = {STATE, SEED},
            when = STREAM,
            standsOn = {"SEED-1", "SEED-2", "MASK-3", "BWD-13"})
    default void savingChangesNothing(@ForAll("savedInBetween") List<Step> steps) {
        if (CheckRun.current().begins()) {
            Walk.ofEach(
                    EachKind.beforeASave().stream()
                            .map(list -> {
                                List<Step> drawn = new ArrayList<>(list);
                                drawn.add(Steps.mostPlain());
                                return StepLists.twice(drawn, StepLists::call);
                            })
                            .toList(),
                    Walk.Judging.MASKS);
        }
        Walk.of(steps, Walk.Judging.MASKS);
    }

    @Provide
    default Arbitrary<List<Step>> savedInBetween() {
        return StepLists.twice(
                StepLists.of(List.of(Steps.draws(), Steps.draws(), Steps.save(), Steps.save(), Steps.interlude())),
                StepLists::call);
    }

    @Property(tries = 25)
    @Checks(
            value = "STATE-5",
            pin = "f2e95bce",
            needs = {STATE, INSTANCES},
            when = STREAM,
            standsOn = {"STATE-1", "STATE-3", "STATE-7", "MASK-3", "STATE-9", "EVAL-3"})
    default void theStateIsThatOfAllInstances(@ForAll("severalSavedAndRestored") List<Step> steps) {
        CheckRun run = CheckRun.current();
        if (run.begins()) { // in a process that has named all instances, none is named for the first time
            run.restart();
            Asked late = Steps.mostPlain().at(LATE);
            Walk.of(List.of(Steps.mostPlain(), new Save(), late, new Restore(0), late), Walk.Judging.MASKS);
        }
        Walk.of(steps, Walk.Judging.MASKS);
    }

    /** Lists that may name instance 3 for the first time after a save. */
    @Provide
    default Arbitrary<List<Step>> severalSavedAndRestored() {
        return StepLists.renumbered(
                StepLists.naming(
                        StepLists.resumed(StepLists.of(List.of(
                                Steps.at(Steps.draws(), 0, 1),
                                Steps.at(Steps.draws(), 1, 3),
                                Steps.at(Steps.evaluations(Steps.draws()), 0, 1),
                                Steps.save(),
                                Steps.restore()))),
                        2),
                NUMBERINGS);
    }

    @Example
    @Checks(
            value = "STATE-6",
            pin = "c4de2629",
            needs = INSTANCES,
            standsOn = {"STATE-7", "STATE-9", "SEED-4", "SEED-8"},
            byCoincidence = true)
    default void instancesDrawIndependently() {
        UnseededInstances.requireIndependent();
    }

    @Property(tries = 25)
    @Checks(
            value = "STATE-7",
            pin = "cec64d05",
            needs = {SEED, INSTANCES},
            when = STREAM,
            standsOn = {"SEED-1", "SEED-2", "EVAL-3", "MASK-3", "STATE-9"})
    default void aSeedReachesAsFarAsDeclared(@ForAll("severalSeeded") List<Step> steps) {
        CheckRun run = CheckRun.current();
        if (run.begins() && run.description().seeding().scope() == Scope.INSTANCE) {
            for (int other = 1; other < UnseededInstances.ALL; other++) {
                Walk.of(StepLists.besides(other), Walk.Judging.MASKS);
            }
            if (run.session().operation().site().isEmpty()) {
                IntStream.range(0, UnseededInstances.ALL).forEach(StateContract::seedsOfOthersChangeNothing);
            }
        }
        Walk.of(steps, Walk.Judging.MASKS);
    }

    private static void seedsOfOthersChangeNothing(int instance) {
        List<Integer> others = IntStream.range(0, UnseededInstances.ALL)
                .filter(other -> other != instance)
                .boxed()
                .toList();
        Walk.of(EachKind.besidesSeeds(instance, others), Walk.Judging.MASKS);
    }

    @Provide
    default Arbitrary<List<Step>> severalSeeded() {
        boolean global = CheckRun.current().description().seeding().scope() == Scope.GLOBAL;
        Arbitrary<List<Step>> calls = StepLists.of(List.of(
                Steps.at(Steps.draws(), 0, 1, 2),
                Steps.at(Steps.draws(), 0, 1),
                Steps.at(Steps.evaluations(Steps.draws()), 0, 1, 2),
                // after a rejected call of any instance nothing is known of a stream that all share
                global ? Steps.at(Steps.draws(), 2) : Steps.wrong(1, 2),
                Steps.at(Steps.seeded(Steps.draws()), global ? 0 : 1, 1, 2)));
        return StepLists.renumbered(
                StepLists.naming(
                        StepLists.twice(
                                calls,
                                step -> Optional.of(step)
                                        .filter(asked -> global
                                                || asked instanceof Asked of
                                                        && of.how().instance() == 0)),
                        3),
                NUMBERINGS);
    }

    @Property(tries = 30)
    @Checks(
            value = "STATE-9",
            pin = "5fd3f9c7",
            needs = INSTANCES,
            standsOn = {
                "RATE-1", "RATE-8", "MASK-1", "MASK-3", "MASK-6", "MASK-8", "MASK-9", "MASK-10", "FWD-1", "FWD-2",
                "FWD-8", "BWD-1", "BWD-2", "BWD-4", "EVAL-1", "EVAL-5", "SHAPE-3", "SHAPE-6"
            },
            byCoincidence = true)
    default void eachInstanceIsADropout(@ForAll("callsOfInstances") List<Step> steps) {
        CheckRun run = CheckRun.current();
        if (run.begins() && run.can(Capability.NOISE_SHAPE) && !run.can(Capability.FEW_SHAPES)) {
            Asked plain = Steps.mostPlain().at(LATE);
            Walk.of(List.of(plain, plain), Walk.Judging.WHOLE); // first, to tell a defect that these show too
            Walk.of(StepLists.plainAfterShared(LATE), Walk.Judging.WHOLE);
            if (run.mayRestart()) { // then a new layer begins with the shared mask
                Walk.of(StepLists.plainAfterShared(LATE), Walk.Judging.WHOLE);
            }
        }
        Walk.of(steps, Walk.Judging.WHOLE);
    }

    @Provide
    default Arbitrary<List<Step>> callsOfInstances() {
        Integer[] some = {1, 0, 2, 7, 15};
        List<Arbitrary<? extends Step>> kinds = new ArrayList<>(List.of(
                Steps.at(Steps.draws(), some),
                Steps.at(Steps.draws(), some),
                Steps.at(Steps.evaluations(Steps.draws()), some)));
        if (CheckRun.current().session().operation().site().isEmpty()) {
            Arbitrary<Asked> covered =
                    Steps.covered().map(step -> step.with(step.call().withoutSeed()));
            kinds.add(Steps.at(Arbitraries.of(Steps.compared()), some));
            kinds.add(Steps.at(covered, some));
            kinds.add(Steps.at(Steps.evaluations(covered), some));
            if (CheckRun.current().can(BACKWARD)) {
                kinds.add(Steps.at(Steps.withGradient(covered), some));
            }
        }
        return StepLists.of(kinds);
    }
}
