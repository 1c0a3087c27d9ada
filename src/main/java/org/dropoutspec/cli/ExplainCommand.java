package org.dropoutspec.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: what a requirement asks, why, and where to look when it fails. */
@Command(
        name = "explain",
        description = {"Says what a requirement asks, why, and where to look when it fails.", ""},
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    /** Where to look, by chapter. */
    private static final Map<String, String> WHERE = Map.ofEntries(
            Map.entry(
                    "RATE",
                    "the first lines of the call: the check of the rate, whether it is a comparison that lets NaN "
                            + "pass, and whether it is made in evaluation too; and the scale at rate 1"),
            Map.entry(
                    "MASK",
                    "the generator and how a draw is compared with the rate: the type in which the uniform number "
                            + "is drawn, < or <=, the seed or the counter at the start of each call, the indices of vector lanes, "
                            + "blocks and tails, and any cache of masks"),
            Map.entry(
                    "FWD",
                    "the scale: the type in which 1 - rate and its reciprocal are computed, whether it is applied "
                            + "once, and whether the mask selects or multiplies"),
            Map.entry(
                    "BWD",
                    "what the forward pass keeps for the backward pass: the mask itself and its scale, not the "
                            + "output or its zeros; recomputation and fusion"),
            Map.entry("EVAL", "the branch for evaluation: that it returns the input and draws nothing, at every size"),
            Map.entry(
                    "SEED",
                    "how a seed becomes the state of the generator: its width, what is left of the state before, "
                            + "and whether a counter starts again"),
            Map.entry("NUM", "the types of intermediate results, and flush-to-zero modes"),
            Map.entry(
                    "SHAPE",
                    "strides, broadcasting, empty tensors and scalars: whether an index runs over the view or over "
                            + "its buffer"));

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "requirements, such as BWD-1")
    private List<String> ids = List.of();

    @Override
    public Integer call() {
        List<Requirement> named = ids.stream()
                .map(id -> Specification.embedded().requirement(id.substring(id.indexOf(':') + 1)))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        for (Requirement requirement : named) {
            out.println(requirement.text().replaceFirst("^### ", ""));
            String where = WHERE.get(requirement.chapter());
            if (where != null) {
                out.println("- Where to look: " + where + ".");
            }
            out.println();
        }
        return 0;
    }
}
