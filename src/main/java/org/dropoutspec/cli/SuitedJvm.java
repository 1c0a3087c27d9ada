package org.dropoutspec.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options that make a certification cheapest. In a quick one the JVM's optimizing compiler takes longer than it
 * saves; in a long one the collector that a server gets takes a third of the CPU time. A jar's manifest can choose
 * neither, so {@code java -jar} alone starts a second JVM with these options. The launcher beside the jar needs none.
 */
final class SuitedJvm {
    private static final String COLLECTOR = "-XX:+UseSerialGC";
    private static final String WITHOUT_THE_OPTIMIZING_COMPILER = "-XX:TieredStopAtLevel=1";

    private SuitedJvm() {}

    /**
     * Whether a JVM with other options suits these arguments better. So it is for a certification by the jar, unless
     * the caller chose options for this JVM beyond its memory.
     *
     * @param classPath of this JVM
     * @param options of this JVM
     */
    static boolean isWanted(String classPath, List<String> options, String... arguments) {
        boolean jar = classPath.endsWith(".jar") && Files.isRegularFile(Path.of(classPath));
        boolean chosen = options.stream()
                .anyMatch(option -> option.startsWith("-XX") || option.contains("agent") || option.contains("jdwp"));
        List<String> own = OwnJvm.own(arguments);
        return jar && !chosen && !own.isEmpty() && own.get(0).equals("certify");
    }

    /** The options that the second JVM gets beside those of this one. */
    static List<String> options(Path jar, String... arguments) {
        List<String> options = new ArrayList<>(List.of(COLLECTOR));
        if (isShort(arguments)) {
            options.add(WITHOUT_THE_OPTIMIZING_COMPILER);
        }
        // the classes as the build archived them; a JVM that cannot use the archive loads them from the jar, silently
        Path archive = jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".jsa"));
        if (Files.isReadable(archive)) {
            options.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error:stderr"));
        }
        return options;
    }

    /** Whether these arguments ask for the tier quick. */
    private static boolean isShort(String... arguments) {
        List<String> own = OwnJvm.own(arguments);
        boolean longer = own.stream().anyMatch(word -> word.equals("--tier") || word.startsWith("--tier="))
                && own.stream().noneMatch(word -> word.equals("quick") || word.equals("--tier=quick"));
        return !longer && own.stream().noneMatch(word -> word.equals("--epsilon") || word.startsWith("--epsilon="));
    }
}
