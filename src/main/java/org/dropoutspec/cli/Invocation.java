package org.dropoutspec.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The command that calls this program again from the shell that called it. */
final class Invocation {
    /** A longer class path, such as that of a build tool, would hide the rest of the command. */
    private static final int LONGEST_CLASS_PATH = 200;

    private Invocation() {}

    /** The shell command with these arguments, quoted where a shell needs it. */
    static String of(List<String> arguments) {
        return program() + " " + arguments.stream().map(Invocation::quoted).collect(Collectors.joining(" "));
    }

    private static String program() {
        String classPath = System.getProperty("java.class.path", "");
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            return "java -jar " + quoted(shortest(Path.of(classPath)));
        }
        String told = classPath.length() <= LONGEST_CLASS_PATH ? quoted(classPath) : "...";
        return "java -cp " + told + " " + Main.class.getName();
    }

    private static String shortest(Path jar) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = jar.toAbsolutePath();
        return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
