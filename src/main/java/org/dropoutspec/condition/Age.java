package org.dropoutspec.condition;

/** How much the process has drawn before. */
public enum Age {
    FIRST("among the first " + Age.FIRST_DRAWS + " draws of a process"),
    LATER("later in a process");

    /** So many draws, those that come before rows included, are the first of a process. */
    public static final int FIRST_DRAWS = 16;

    private final String words;

    Age(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
