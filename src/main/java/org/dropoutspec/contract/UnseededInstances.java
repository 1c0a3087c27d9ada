package org.dropoutspec.contract;

import static org.dropoutspec.implementation.Capability.SEED;

import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Seeding.Scope;
import org.dropoutspec.statistics.PackedMask;

/** Requires of instances that were never seeded that the masks of each are independent of those of the others. */
final class UnseededInstances {
    static final int ALL = 16;

    /** Longer than the part of a call that a thread commonly fills. */
    private static final int LARGE = 1 << 17;

    private static final int FEW = 3;

    private UnseededInstances() {}

    static void requireIndependent() {
        CheckRun run = CheckRun.current();
        boolean anew = isStartedAnew(run);
        int first = anew || !run.can(SEED) ? 0 : StateContract.INSTANCES_SEEDED;
        Call call = Steps.call(CheckRun.calls().floating().get(0), 0.5, MaskAgreement.ELEMENTS);
        List<PackedMask> masks = new ArrayList<>();
        List<Integer> instances = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (int instance = first; instance < ALL; instance++) {
                if (first > 0 && StateContract.WRAPPING.contains(instance)) {
                    continue; // seeds have reached it
                }
                if (round == 0 && instance % 2 == 1) {
                    evaluateFirst(call, instance);
                }
                PackedMask mask =
                        PackedMask.ofKept(Observation.ofInstance(call, instance).shownMask());
                for (int i = 0; i < masks.size(); i++) {
                    if (instances.get(i) != instance) {
                        requireIndependent(masks.get(i), instances.get(i), mask, instance, call);
                    }
                }
                masks.add(mask);
                instances.add(instance);
            }
        }
        if (run.session().operation().site().isEmpty() && !run.can(Capability.FEW_SHAPES)) {
            requireNoCommonPart(first);
        }
    }

    /** Compares large masks: threads may fill these part by part, each from a seed next to that of another instance. */
    private static void requireNoCommonPart(int first) {
        CheckRun run = CheckRun.current();
        double resolution = run.description().choices().rateResolution();
        Call call = Steps.call(CheckRun.calls().floating().get(0), 0.5, LARGE);
        List<PackedMask> masks = new ArrayList<>();
        for (int instance = first; instance < first + FEW; instance++) {
            masks.add(PackedMask.ofKept(Observation.ofInstance(call, instance).shownMask()));
        }
        for (int i = 0; i < FEW; i++) {
            for (int j = 0; j < FEW; j++) {
                run.coincidences().spend(MaskAgreement.overlapping(LARGE, resolution));
                int from = i == j ? -1 : MaskAgreement.overlap(masks.get(i), masks.get(j));
                if (from > 0) {
                    throw run.violation(
                            "instances " + (first + i) + " and " + (first + j)
                                    + ", neither ever seeded: expected other masks, got that of " + (first + j)
                                    + " from element " + from + " on in " + (first + i),
                            call);
                }
            }
        }
    }

    /** Asks an evaluation first: a layer is often made in one mode and used in the other. */
    private static void evaluateFirst(Call call, int instance) {
        if (Applies.EVALUATION.holdsFor(CheckRun.current().description())
                && !CheckRun.current().can(Capability.FEW_SHAPES)) {
            Observation.ofInstance(call.withTraining(false), instance);
        }
    }

    /**
     * Starts the process anew where a seed or a state may have reached all instances, and returns whether it did. For
     * operations beside plain dropout, instances that were never seeded suffice.
     */
    private static boolean isStartedAnew(CheckRun run) {
        boolean global = run.description().seeding().scope() == Scope.GLOBAL;
        if (!run.can(SEED) || !global && run.session().operation().site().isPresent()) {
            return false;
        }
        if (global) {
            run.restart();
            return true;
        }
        return run.mayRestart();
    }

    private static void requireIndependent(PackedMask one, int of, PackedMask other, int instance, Call call) {
        CheckRun run = CheckRun.current();
        double resolution = run.description().choices().rateResolution();
        run.coincidences().spend(MaskAgreement.LEVEL + MaskAgreement.overlapping(MaskAgreement.ELEMENTS, resolution));
        String neither = "instances " + of + " and " + instance + ", neither ever seeded: ";
        String first = Integer.toString(of);
        String second = Integer.toString(instance);
        MaskAgreement.dependence(one, first, other, second, resolution).ifPresent(what -> {
            // that two masks agree shows that they depend on each other only if the elements of each are independent
            throw run.cause().ofMasks(run.violation(neither + what, call));
        });
    }
}
