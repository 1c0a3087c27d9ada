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

/** {@code explain}: what a requirement asks, why, and where to look when it fails. */
@Command(
        name = "explain",
        description = {"Says what a requirement asks, why, and where to look when it fails.", ""},
        footer = {"", "Example:", "  explain BWD-1 rnn:MASK-3"},
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final String INDENT = "  ";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "requirements, such as BWD-1 or rnn:MASK-1")
    private List<String> ids = List.of();

    @Override
    public Integer call() {
        List<Requirement> named = ids.stream()
                .map(id -> Specification.embedded().requirement(id.substring(id.indexOf(':') + 1)))
                .toList();
        named.forEach(this::explain);
        return 0;
    }

    private void explain(Requirement requirement) {
        spec.commandLine().getOut().println(requirement.heading());
        tell("", requirement.sentence());
        tell("Why", explanation(requirement, "Intent"));
        tell("What a failure usually means, and where to look", WhereToLook.of(requirement.id()));
        tell("What has to be declared for it", explanation(requirement, "Applies"));
        tell("Where it comes from", explanation(requirement, "Source"));
        tell("Why nothing checks it", explanation(requirement, "Untestable"));
        spec.commandLine().getOut().println();
        spec.commandLine().getOut().println("How it is checked: spec " + requirement.id());
        spec.commandLine().getOut().println();
    }

    private void tell(String heading, String text) {
        PrintWriter out = spec.commandLine().getOut();
        if (!text.isEmpty()) {
            out.println();
            if (!heading.isEmpty()) {
                out.println(heading);
            }
            Paragraph.lines(text, INDENT, INDENT, Paragraph.width(spec.commandLine()))
                    .forEach(out::println);
        }
    }

    /** The text of an entry after one of its words; empty where the entry does not have this word. */
    private static String explanation(Requirement requirement, String word) {
        String start = "- " + word + ": ";
        return requirement
                .text()
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).replace("`", ""))
                .findFirst()
                .orElse("");
    }
}
