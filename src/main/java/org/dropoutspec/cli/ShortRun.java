package org.dropoutspec.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * A run of some seconds, in which the JVM's optimizing compiler costs more than it saves: of the CPU time of a quick
 * certification it is half. A jar cannot choose the compiler in its manifest, so the running JVM is asked to leave it out.
 * Where it does not listen, the run takes longer and is otherwise the same.
 */
final class ShortRun {
    private static final String WITHOUT_THE_OPTIMIZING_COMPILER = "[{match: \"*.*\", c2: {Exclude: true}}]";

    private ShortRun() {}

    /** Whether the arguments ask for a certification at the tier quick, of an implementation that is not in this JVM. */
    static boolean isAskedFor(String... arguments) {
        List<String> own = OwnJvm.own(arguments);
        boolean longer = own.stream().anyMatch(word -> word.equals("--tier") || word.startsWith("--tier="))
                && own.stream().noneMatch(word -> word.equals("quick") || word.equals("--tier=quick"));
        longer |= own.stream().anyMatch(word -> word.equals("--epsilon") || word.startsWith("--epsilon="));
        return !own.isEmpty() && own.get(0).equals("certify") && !longer && !OwnJvm.isForAClass(arguments);
    }

    /** Leaves the optimizing compiler out, unless whoever started the JVM chose among its compilers. */
    static void begin() {
        boolean chosen =
                OwnJvm.options().stream().anyMatch(option -> option.contains("Tiered") || option.contains("Compil"));
        if (chosen || ShortRun.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
            return;
        }
        try {
            Path directives = Files.createTempFile("dropout-compiler", ".json");
            try {
                Files.writeString(directives, WITHOUT_THE_OPTIMIZING_COMPILER);
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerDirectivesAdd",
                                new Object[] {new String[] {directives.toString()}},
                                new String[] {String[].class.getName()});
            } finally {
                Files.delete(directives);
            }
        } catch (IOException | JMException cannot) {
            // another JVM, or nowhere to write: then with the optimizing compiler
        }
    }
}
