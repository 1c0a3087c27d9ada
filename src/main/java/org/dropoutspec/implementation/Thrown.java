package org.dropoutspec.implementation;

/** What an implementation threw that it should not have, in words. */
public final class Thrown {
    private static final int LONGEST = 500;

    private Thrown() {}

    /** Completed by when: {@code the implementation threw java.lang.ArithmeticException: / by zero}. */
    public static String words(Throwable thrown) {
        return thrown instanceof OutOfMemoryError
                ? "memory ran out (" + text(thrown) + "; the heap is "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, and java -Xmx sets it)"
                : "the implementation threw " + text(thrown);
    }

    /** What it says of itself, in one line; being a stranger's too it may break when it is asked. */
    public static String text(Throwable thrown) {
        try {
            return Printable.line(String.valueOf(thrown), LONGEST);
        } catch (RuntimeException | StackOverflowError silent) {
            return thrown.getClass().getName();
        }
    }
}
