package org.dropoutspec.architecture;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** What the compiled classes of the suite depend on, by the JDK's own {@code jdeps}. */
final class Dependencies {
    private static final String SUITE = "org.dropoutspec.";
    private static final Path CLASSES = Path.of("target", "classes");
    /** {@code   org.dropoutspec.wire.Reply   ->   java.lang.String   java.base}. */
    private static final Pattern LINE = Pattern.compile("(?m)^ +(\\S+) +-> (\\S+)");

    private Dependencies() {}

    /** A class of the suite and a class that it needs. */
    record Dependency(String from, String to) {
        /** The package of the class that depends, without the suite's own prefix: {@code wire}. */
        String fromPackage() {
            return packageOf(from);
        }

        /** The same of the class depended on. */
        String toPackage() {
            return packageOf(to);
        }

        /** The part of a package that the class that depends is in; empty where it is in none. */
        String fromPart(String packageName) {
            return partOf(from, packageName);
        }

        /** The same of the class depended on. */
        String toPart(String packageName) {
            return partOf(to, packageName);
        }

        private static String partOf(String name, String packageName) {
            String prefix = SUITE + packageName + ".";
            int end = name.startsWith(prefix) ? name.indexOf('.', prefix.length()) : -1;
            return end < 0 ? "" : name.substring(prefix.length(), end);
        }

        boolean isWithinSuite() {
            return to.startsWith(SUITE);
        }

        private static String packageOf(String name) {
            return name.startsWith(SUITE) ? name.substring(SUITE.length(), name.indexOf('.', SUITE.length())) : "";
        }

        @Override
        public String toString() {
            return from + " -> " + to;
        }
    }

    static List<Dependency> all() {
        StringWriter out = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int status = jdeps.run(
                new PrintWriter(out),
                new PrintWriter(out),
                "-verbose:class",
                "-filter:none",
                "--ignore-missing-deps",
                CLASSES.toString());
        if (status != 0) {
            throw new IllegalStateException("jdeps " + CLASSES + " failed: " + out);
        }
        return LINE.matcher(out.toString())
                .results()
                .map(line -> dependency(line))
                .filter(dependency -> dependency.from().startsWith(SUITE))
                .toList();
    }

    private static Dependency dependency(MatchResult line) {
        return new Dependency(line.group(1), line.group(2));
    }
}
