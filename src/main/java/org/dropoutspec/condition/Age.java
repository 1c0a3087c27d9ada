package org.dropoutspec.condition;

/** How much the process has drawn before a call. */
public enum Age {
    FIRST("among the first " + Age.FIRST_DRAWS + " draws of a process"),
    LATER("later in a process");

    /** This many draws are the first of a process, including those that come before rows. */
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
