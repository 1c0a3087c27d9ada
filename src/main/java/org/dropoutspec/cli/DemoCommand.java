package org.dropoutspec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dropoutspec.demo.DemoPage;
import org.dropoutspec.demo.Demonstration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: trains small networks with and without dropout. */
@Command(
        name = "demo",
        description = {
            "Trains small networks with and without dropout, tells their losses, and makes a page of what came out.",
            "",
            "It judges nothing. All seeds are fixed: on one machine the same comes out each time.",
            ""
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", description = "where to write index.html (default: ${DEFAULT-VALUE})")
    private Path directory = Path.of("dropout-demo");

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path page = page();
        Demonstration demonstration = Demonstration.run(Demonstration.Size.WHOLE, out::println);
        demonstration.summary().forEach(out::println);
        try {
            Files.writeString(page, DemoPage.of(demonstration));
        } catch (IOException cause) {
            throw unwritable(cause);
        }
        out.println("the page: " + page);
        return 0;
    }

    /** The file of the page; that it can be written is checked here, before the training. */
    private Path page() {
        try {
            Files.createDirectories(directory);
        } catch (IOException cause) {
            throw unwritable(cause);
        }
        Path page = directory.resolve("index.html");
        if (!Files.isWritable(directory) || Files.exists(page) && !Files.isWritable(page)) {
            throw unwritable(null);
        }
        return page;
    }

    private IllegalArgumentException unwritable(@Nullable IOException cause) {
        return new IllegalArgumentException(
                "out (" + directory + ") must be a directory that can be written to", cause);
    }
}
