package org.dropoutspec.certify;

/** What a certificate says in one word, and with which status the command line exits. */
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
