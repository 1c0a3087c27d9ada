package org.dropoutspec.defect;

/** The relation that an earlier draw of a process has to the next one. */
enum EarlierDraw {
    PREVIOUS("the call before"),
    BEFORE_PREVIOUS("the call before the last"),
    SAME_SHAPE("the last call of the same shape"),
    SAME_SHAPE_AND_RATE("the last call of the same shape and rate"),
    SAME_RATE("the last call of the same rate"),
    OTHER_TYPE("the last call of another type");

    private final String words;

    EarlierDraw(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
