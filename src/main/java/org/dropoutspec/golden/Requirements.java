package org.dropoutspec.golden;

/** The requirements of the specification that the vectors serve, each id in this one place. */
final class Requirements {
    static final String GOOD_RATE = "RATE-1";
    static final String BAD_RATE = "RATE-2";
    static final String BAD_RATE_IN_EVALUATION = "RATE-3";
    static final String RATE_ZERO = "RATE-4";
    static final String RATE_ONE = "RATE-5";
    static final String MASK_AGREES = "MASK-1";
    static final String SCALE = "FWD-1";
    static final String DROPPED_IS_ZERO = "FWD-2";
    static final String DROPPED_NONFINITE = "FWD-3";
    static final String KEPT_NONFINITE = "FWD-4";
    static final String SAME_TYPE_AND_SHAPE = "FWD-5";
    static final String CLASSIC = "FWD-6";
    static final String GRADIENT = "BWD-1";
    static final String GRADIENT_AT_ZERO = "BWD-2";
    static final String GRADIENT_IN_EVALUATION = "BWD-3";
    static final String ZERO_UPSTREAM = "BWD-4";
    static final String NONFINITE_UPSTREAM = "BWD-5";
    static final String EVALUATION = "EVAL-1";
    static final String OVERFLOW = "NUM-1";
    static final String SCALE_PRECISION = "NUM-2";
    static final String SUBNORMALS = "NUM-3";
    static final String SCALAR_AND_EMPTY = "SHAPE-1";
    static final String NOISE_SHAPE = "SHAPE-2";
    static final String BAD_NOISE_SHAPE = "SHAPE-3";
    static final String STRIDED = "SHAPE-4";
    static final String KNOWN_ANSWERS = "GOLD-1";
    static final String SEED_TO_WORDS = "GOLD-2";
    static final String WORDS_TO_MASK = "GOLD-3";

    private Requirements() {}
}
