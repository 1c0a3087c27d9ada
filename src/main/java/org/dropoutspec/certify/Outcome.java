package org.dropoutspec.certify;

/** The result of a certificate in one word, and the status with which the command line exits. */
public enum Outcome {
    CONFORMANT("conformant", 0),
    NONCONFORMANT("nonconformant", 1),
    NOT_JUDGED("not-judged", 2);

    private final String word;
    private final int exitStatus;

    Outcome(String word, int exitStatus) {
        this.word = word;
        this.exitStatus = exitStatus;
    }

    public int exitStatus() {
        return exitStatus;
    }

    @Override
    public String toString() {
        return word;
    }
}
