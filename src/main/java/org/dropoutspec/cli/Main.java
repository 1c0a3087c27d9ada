package org.dropoutspec.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.dropoutspec.implementation.ImplementationFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the suite. */
@Command(
        name = "dropout-conformance",
        description = {
            "Judges whether an implementation of dropout, in any language, does what dropout is supposed to do.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CertifyCommand.class, GoldenCommand.class, SpecCommand.class, SelfTestCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {"", "Exit status: 0 conformant, 1 not conformant, 2 could not be judged (usage, adapter fault)."})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    /** Runs one command and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Main::usageError)
                .setExecutionExceptionHandler(Main::failure);
        // what follows an adapter's command belongs to it, also without a -- before it
        commandLine.getSubcommands().get("certify").setStopAtPositional(true);
        return arguments.length == 0 ? commandLine.execute("--help") + 2 : commandLine.execute(arguments);
    }

    private static int usageError(CommandLine.ParameterException wrong, String[] arguments) {
        String message = wrong.getMessage();
        wrong.getCommandLine()
                .getErr()
                .println(Character.toLowerCase(message.charAt(0)) + message.substring(1) + "; see "
                        + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failure(Exception cause, CommandLine commandLine, CommandLine.ParseResult arguments) {
        if (cause instanceof IllegalArgumentException || cause instanceof ImplementationFault) {
            commandLine.getErr().println(cause.getMessage());
        } else {
            commandLine.getErr().println("the suite broke; please report this:");
            cause.printStackTrace(commandLine.getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"dropout-conformance " + (version == null ? "development" : version)};
        }
    }
}
