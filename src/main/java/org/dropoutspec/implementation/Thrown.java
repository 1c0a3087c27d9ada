package org.dropoutspec.implementation;

/** Words for what an implementation threw and should not have thrown. */
public final class Thrown {
    private static final int LONGEST = 500;

    private Thrown() {}

    /** What happened, but not when: {@code the implementation threw java.lang.ArithmeticException: / by zero}. */
    public static String words(Throwable thrown) {
        return thrown instanceof OutOfMemoryError
                ? "memory ran out (" + text(thrown) + "; the heap is "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, and java -Xmx sets it)"
                : "the implementation threw " + text(thrown);
    }

    /** The throwable's own text in one line. It is a stranger's code, so asking for the text may itself throw. */
    public static String text(Throwable thrown) {
        try {
            return Printable.line(String.valueOf(thrown), LONGEST);
        } catch (RuntimeException | StackOverflowError silent) {
            return thrown.getClass().getName();
        }
    }
}
