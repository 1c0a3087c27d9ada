package org.dropoutspec.golden;

/** The requirements of the specification that the vectors serve, each id in this one place. */
final class Requirements {
    static final String GOOD_RATE = "RATE-1";
    static final String NEGATIVE_RATE = "RATE-2";
    static final String RATE_ABOVE_ONE = "RATE-3";
    static final String NAN_RATE = "RATE-4";
    static final String INFINITE_RATE = "RATE-5";
    static final String BAD_RATE_IN_EVALUATION = "RATE-6";
    static final String RATE_ZERO = "RATE-7";
    static final String RATE_ONE = "RATE-8";
    static final String RATE_ONE_REJECTED = "RATE-9";
    static final String EXTREME_RATE = "RATE-10";
    static final String MASK_AGREES = "MASK-4";
    static final String MASK_SHAPE = "MASK-5";
    static final String MASK_APPLIED = "MASK-6";
    static final String MASK_WHATEVER_THE_INPUT = "MASK-7";
    static final String SCALE = "FWD-1";
    static final String DROPPED_IS_ZERO = "FWD-2";
    static final String DROPPED_NONFINITE = "FWD-3";
    static final String KEPT_NONFINITE = "FWD-4";
    static final String SAME_TYPE = "FWD-5";
    static final String SAME_SHAPE = "FWD-6";
    static final String ZERO_STAYS_ZERO = "FWD-7";
    static final String CLASSIC = "FWD-8";
    static final String GRADIENT_MASK = "BWD-1";
    static final String GRADIENT_SCALE = "BWD-2";
    static final String GRADIENT_AT_ZERO = "BWD-3";
    static final String GRADIENT_IN_EVALUATION = "BWD-4";
    static final String ZERO_UPSTREAM = "BWD-5";
    static final String GRADIENT_WHATEVER_THE_INPUT = "BWD-6";
    static final String DROPPED_NONFINITE_UPSTREAM = "BWD-7";
    static final String KEPT_NONFINITE_UPSTREAM = "BWD-8";
    static final String GRADIENT_TYPE_AND_SHAPE = "BWD-9";
    static final String OUTPUT_WHATEVER_THE_GRADIENT = "BWD-10";
    static final String EVALUATION = "EVAL-1";
    static final String NAN_PAYLOAD = "EVAL-2";
    static final String EVALUATION_DRAWS_NOTHING = "EVAL-3";
    static final String EVALUATION_AFTER_TRAINING = "EVAL-4";
    static final String CLASSIC_EVALUATION = "EVAL-5";
    static final String SAME_SEED = "SEED-1";
    static final String SAME_STREAM = "SEED-2";
    static final String GENERATOR = "SEED-6";
    static final String GIVEN_MASK_DRAWS_NOTHING = "SEED-7";
    static final String OVERFLOW = "NUM-1";
    static final String SCALE_PRECISION = "NUM-2";
    static final String SUBNORMALS = "NUM-3";
    static final String DOUBLE_RATE = "NUM-4";
    static final String EVERY_ELEMENT = "NUM-5";
    static final String RATE_NEAR_ONE = "NUM-7";
    static final String SCALAR = "SHAPE-1";
    static final String EMPTY = "SHAPE-2";
    static final String NOISE_SHAPE = "SHAPE-3";
    static final String BAD_NOISE_SHAPE = "SHAPE-5";
    static final String STRIDED = "SHAPE-6";
    static final String STRIDED_EVALUATION = "SHAPE-7";
    static final String STRIDED_SHAPE = "SHAPE-8";

    private Requirements() {}
}
