package org.dropoutspec.golden.format;

/** The ids of the requirements that the vectors serve, each written only here. */
public final class Requirements {
    public static final String GOOD_RATE = "RATE-1";
    public static final String NEGATIVE_RATE = "RATE-2";
    public static final String RATE_ABOVE_ONE = "RATE-3";
    public static final String NAN_RATE = "RATE-4";
    public static final String INFINITE_RATE = "RATE-5";
    public static final String BAD_RATE_IN_EVALUATION = "RATE-6";
    public static final String RATE_ZERO = "RATE-7";
    public static final String RATE_ONE = "RATE-8";
    public static final String RATE_ONE_REJECTED = "RATE-9";
    public static final String EXTREME_RATE = "RATE-10";
    public static final String MASK_AGREES = "MASK-4";
    public static final String MASK_SHAPE = "MASK-5";
    public static final String MASK_APPLIED = "MASK-6";
    public static final String MASK_WHATEVER_THE_INPUT = "MASK-7";
    public static final String SCALE = "FWD-1";
    public static final String DROPPED_IS_ZERO = "FWD-2";
    public static final String DROPPED_NONFINITE = "FWD-3";
    public static final String KEPT_NONFINITE = "FWD-4";
    public static final String SAME_TYPE = "FWD-5";
    public static final String SAME_SHAPE = "FWD-6";
    public static final String ZERO_STAYS_ZERO = "FWD-7";
    public static final String CLASSIC = "FWD-8";
    public static final String GRADIENT_MASK = "BWD-1";
    public static final String GRADIENT_SCALE = "BWD-2";
    public static final String GRADIENT_AT_ZERO = "BWD-3";
    public static final String GRADIENT_IN_EVALUATION = "BWD-4";
    public static final String ZERO_UPSTREAM = "BWD-5";
    public static final String GRADIENT_WHATEVER_THE_INPUT = "BWD-6";
    public static final String DROPPED_NONFINITE_UPSTREAM = "BWD-7";
    public static final String KEPT_NONFINITE_UPSTREAM = "BWD-8";
    public static final String GRADIENT_TYPE_AND_SHAPE = "BWD-9";
    public static final String OUTPUT_WHATEVER_THE_GRADIENT = "BWD-10";
    public static final String EVALUATION = "EVAL-1";
    public static final String NAN_PAYLOAD = "EVAL-2";
    public static final String EVALUATION_DRAWS_NOTHING = "EVAL-3";
    public static final String EVALUATION_AFTER_TRAINING = "EVAL-4";
    public static final String CLASSIC_EVALUATION = "EVAL-5";
    public static final String SAME_SEED = "SEED-1";
    public static final String SAME_STREAM = "SEED-2";
    public static final String NEXT_DRAW = "SEED-3";
    public static final String NEIGHBOURING_SEED = "SEED-4";
    public static final String EVERY_BIT_OF_A_SEED = "SEED-5";
    public static final String GENERATOR = "SEED-6";
    public static final String GIVEN_MASK_DRAWS_NOTHING = "SEED-7";
    public static final String OVERFLOW = "NUM-1";
    public static final String SCALE_PRECISION = "NUM-2";
    public static final String SUBNORMALS = "NUM-3";
    public static final String DOUBLE_RATE = "NUM-4";
    public static final String EVERY_ELEMENT = "NUM-5";
    public static final String RATE_NEAR_ONE = "NUM-7";
    public static final String SCALAR = "SHAPE-1";
    public static final String EMPTY = "SHAPE-2";
    public static final String NOISE_SHAPE = "SHAPE-3";
    public static final String BAD_NOISE_SHAPE = "SHAPE-5";
    public static final String STRIDED = "SHAPE-6";
    public static final String STRIDED_EVALUATION = "SHAPE-7";
    public static final String STRIDED_SHAPE = "SHAPE-8";

    private Requirements() {}
}
