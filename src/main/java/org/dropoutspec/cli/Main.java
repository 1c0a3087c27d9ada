package org.dropoutspec.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.Printable;
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
        subcommands = {
            CertifyCommand.class,
            ReportCommand.class,
            DiffCommand.class,
            RegradeCommand.class,
            MergeCommand.class,
            ExplainCommand.class,
            SpecCommand.class,
            GoldenCommand.class,
            SelfTestCommand.class,
            DemoCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {"", "Exit status: 0 conformant, 1 not conformant, 2 could not be judged (usage, adapter fault)."})
public final class Main {
    /** The width of the options in the help, in characters: {@code --total-timeout=SECONDS} and room around it. */
    private static final int LONGEST_OPTION = 32;

    private Main() {}

    public static void main(String[] arguments) {
        StandardOutput standardOutput = new StandardOutput();
        PrintWriter out = new PrintWriter(standardOutput, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        OwnJvm.status(err, arguments).ifPresent(System::exit);
        OwnJvm.endWithParent();
        Delivery delivery = Delivery.expected(err);
        System.setOut(System.err); // what code under test prints is not part of the result
        int status = run(out, err, arguments);
        if (out.checkError() && !standardOutput.hasNoReader()) {
            err.println("the result could not be written to standard output");
            status = CommandLine.ExitCode.USAGE;
        }
        delivery.made();
        OwnJvm.exit(status);
    }

    /** Runs one command and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false) // an adapter's own arguments may begin with @
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(LONGEST_OPTION)
                .registerConverter(long.class, Main::whole)
                .registerConverter(Long.class, Main::whole)
                .registerConverter(int.class, Main::small)
                .registerConverter(Integer.class, Main::small)
                .setParameterExceptionHandler(Main::usageError)
                .setExecutionExceptionHandler(Main::failure);
        // what follows an adapter's command belongs to the adapter, even where no -- stands before it
        Objects.requireNonNull(commandLine.getSubcommands().get("certify")).setStopAtPositional(true);
        try {
            return arguments.length == 0 ? commandLine.execute("--help") + 2 : commandLine.execute(arguments);
        } catch (Error broken) {
            return failure(broken, err);
        }
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            throw new CommandLine.TypeConversionException("must be a whole number");
        }
    }

    private static int small(String text) {
        long number = whole(text);
        if (number != (int) number) {
            throw new CommandLine.TypeConversionException("must be a whole number, and a smaller one");
        }
        return (int) number;
    }

    private static String words(CommandLine.ParameterException wrong) {
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            String kind = unmatched.isUnknownOption()
                    ? "option"
                    : wrong.getCommandLine().getSubcommands().isEmpty() ? "argument" : "command";
            List<String> similar = unmatched.getSuggestions();
            return kind + " (" + first + ") is unknown"
                    + (similar.isEmpty() ? "" : ", similar to " + String.join(", ", similar));
        }
        if (wrong.getCause() instanceof CommandLine.TypeConversionException conversion
                && wrong.getArgSpec() instanceof CommandLine.Model.OptionSpec option) {
            return option.longestName().substring(2) + " (" + wrong.getValue() + ") " + conversion.getMessage();
        }
        String message = String.valueOf(wrong.getMessage());
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static int usageError(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        if (command.getCommandSpec().userObject() instanceof CertifyCommand) {
            EarlierReport.discard(arguments);
        }
        tell(
                command.getErr(),
                words(wrong) + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failure(Exception cause, CommandLine commandLine, CommandLine.ParseResult arguments) {
        return failure(cause, commandLine.getErr());
    }

    private static int failure(Throwable cause, PrintWriter err) {
        if (cause instanceof IllegalArgumentException || cause instanceof ImplementationFault) {
            tell(err, String.valueOf(cause.getMessage()));
        } else if (cause instanceof OutOfMemoryError) {
            tell(
                    err,
                    "the suite's memory ran out; its heap is "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, and java -Xmx sets it");
        } else if (cause instanceof StackOverflowError) {
            tell(err, "the suite's stack overflowed; java -Xss sets its size");
        } else {
            err.println("the suite broke; please report this:");
            cause.printStackTrace(err);
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static void tell(PrintWriter err, String message) {
        Printable.lines(message).forEach(err::println);
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
