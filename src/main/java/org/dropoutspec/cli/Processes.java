package org.dropoutspec.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Enclosing;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.wire.AdapterProcess;

/**
 * Several processes of one adapter. The first is asked everything; the others only draw masks beside it.
 *
 * @param all two or more processes; the first of them comes first
 */
record Processes(List<AdapterProcess> all) implements Enclosing, AutoCloseable {
    /** A larger number cannot be meant for one machine. */
    static final int MOST = 256;

    /**
     * Starts this many processes.
     *
     * @throws ImplementationFault when one describes itself differently from the first
     * @throws IllegalArgumentException when they may draw the same masks
     */
    static Processes started(int count, Supplier<AdapterProcess> start) {
        List<AdapterProcess> all = new ArrayList<>();
        try {
            all.add(start.get());
            Description first = all.get(0).description();
            requireOwnMasks("processes", count, first);
            while (all.size() < count) {
                AdapterProcess next = start.get();
                all.add(next);
                if (!next.description().equals(first)) {
                    throw new ImplementationFault(
                            "process " + all.size() + " of the adapter describes itself otherwise than the first");
                }
            }
        } catch (RuntimeException | Error broken) {
            all.forEach(Subject::close);
            throw broken;
        }
        return new Processes(List.copyOf(all));
    }

    /** Refuses processes that may draw the same mask, which would then be counted twice. */
    static void requireOwnMasks(String what, int count, Description description) {
        if (description
                .seeding()
                .unseeded()
                .filter(Seeding.Unseeded.FRESH::equals)
                .isPresent()) {
            return;
        }
        for (String operation : description.operations()) {
            if (!description.declaration(operation).can(Capability.SEED)) {
                throw new IllegalArgumentException(what + " (" + count + ") must draw masks of their own: " + operation
                        + " takes no seed, and unseeded_stream fresh is not declared");
            }
        }
    }

    private AdapterProcess first() {
        return all.get(0);
    }

    @Override
    public Description description() {
        return first().description();
    }

    @Override
    public Result dropout(Call call) {
        return first().dropout(call);
    }

    @Override
    public Bits kept(Call call) {
        return first().kept(call);
    }

    @Override
    public OperationResult answer(OperationCall call) {
        return first().answer(call);
    }

    @Override
    public Implementation enclosed() {
        return first();
    }

    @Override
    public List<Implementation> beside() {
        return List.copyOf(all.subList(1, all.size()));
    }

    /** The number of elements that all processes were asked for so far. */
    long elementsAsked() {
        return all.stream().mapToLong(AdapterProcess::elementsAsked).sum();
    }

    /** The time that the first process has taken to answer so far, in nanoseconds. */
    long nanosAnswering() {
        return first().nanosAnswering();
    }

    /** @throws ImplementationFault when a process did not end as it should; of several, that of the first */
    @Override
    public void close() {
        ImplementationFault bad = null;
        for (AdapterProcess each : all) {
            try {
                each.close();
            } catch (ImplementationFault told) {
                bad = bad == null ? told : bad;
            }
        }
        if (bad != null) {
            throw bad;
        }
    }
}
