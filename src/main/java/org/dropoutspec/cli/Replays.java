package org.dropoutspec.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dropoutspec.contract.Tier;

/**
 * The commands that show the findings of a run of {@code certify} again.
 *
 * @param subject the arguments that name the same implementation
 */
record Replays(Tier tier, long seed, int processes, List<String> subject) {
    /** The command that examines one requirement again, by its name. */
    String of(String requirement) {
        List<String> arguments = new ArrayList<>(List.of("certify"));
        if (!tier.equals(Tier.QUICK)) {
            arguments.addAll(
                    tier.isNamed() ? List.of("--tier", tier.toString()) : List.of("--epsilon", tier.epsilon()));
        }
        if (processes > 1) {
            arguments.addAll(List.of("--processes", Integer.toString(processes)));
        }
        arguments.addAll(List.of("--seed", Long.toString(seed), "--only", requirement));
        arguments.addAll(subject);
        return Invocation.of(arguments);
    }

    /** The command that checks the implementation against golden vectors. */
    String of(Path vectors) {
        List<String> arguments = new ArrayList<>(List.of("golden", "verify", vectors.toString()));
        arguments.addAll(subject);
        return Invocation.of(arguments);
    }
}
