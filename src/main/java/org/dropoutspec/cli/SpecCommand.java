package org.dropoutspec.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.dropoutspec.spec.Requirement;
import org.dropoutspec.spec.Specification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spec}: shows the requirements. */
@Command(
        name = "spec",
        description = {"Lists the requirements, or shows the ones named in full.", ""},
        mixinStandardHelpOptions = true)
final class SpecCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "requirements to show in full, such as BWD-1")
    private List<String> ids = List.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Specification specification = Specification.embedded();
        List<Requirement> named = ids.stream().map(specification::requirement).toList();
        if (named.isEmpty()) {
            specification.requirements().forEach(requirement -> out.println(line(requirement)));
        }
        for (Requirement requirement : named) {
            requirement.text().lines().forEach(this::tell);
            out.println();
        }
        return 0;
    }

    private void tell(String paragraph) {
        Paragraph.lines(paragraph, "", paragraph.startsWith("- ") ? "  " : "", Paragraph.width(spec.commandLine()))
                .forEach(spec.commandLine().getOut()::println);
    }

    private static String line(Requirement requirement) {
        return requirement.heading()
                + requirement.untestable().map(reason -> " (untestable)").orElse("");
    }
}
