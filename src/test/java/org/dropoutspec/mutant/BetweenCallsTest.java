package org.dropoutspec.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dropoutspec.certify.Certificate;
import org.dropoutspec.certify.Certifier;
import org.dropoutspec.contract.Tier;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between calls is shown by the fewest calls that show it, and what may differ is not found fault with. */
class BetweenCallsTest {
    private static final Set<String> REQUIREMENTS = Set.of(
            "FWD-9", "FWD-10", "FWD-11", "BWD-11", "BWD-12", "BWD-13", "BWD-14", "BWD-15", "STATE-1", "STATE-2",
            "STATE-3", "STATE-4", "STATE-5", "STATE-6", "STATE-7", "STATE-8", "STATE-9");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            backward-of-the-last-forward       | 3
            backward-mask-by-shape             | 3
            backward-rate-of-the-last-call     | 3
            backward-unmasked-after-evaluation | 3
            release-of-the-last-call           | 4
            recompute-advances-the-stream      | 6
            state-without-the-call-counter     | 6
            state-saved-by-drawing             | 5
            backward-of-the-last-200-calls     | 3
            rejected-call-lets-go-of-another   | 3
            """)
    void theFewestStepsAreShown(String name, int steps) {
        Mutant mutant = Mutants.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        Verdict verdict = certified(mutant.implementation().apply(1), 1, Set.of(mutant.requirement()))
                .findings()
                .get(0)
                .verdict();
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.message().lines()).hasSizeLessThanOrEqualTo(1 + steps);
        assertThat(verdict.message()).contains("\n1. dropout, rate 0.5, input float32 [");
    }

    /** Layers with one step that goes wrong next to another kind of step, of which the lists drawn at random may have none. */
    enum Neighbour {
        STATE_WHILE_CALLS_ARE_RETAINED("STATE-1", 6) {
            @Override
            SoundLayers layers() {
                return new SoundLayers(1) {
                    private String before = "";
                    private boolean pending;

                    @Override
                    protected OperationResult called(OperationCall call) {
                        before = super.state();
                        pending = call.flag("retain");
                        return super.called(call);
                    }

                    @Override
                    protected String state() {
                        return pending ? before : super.state();
                    }
                };
            }
        },
        STATE_AFTER_A_REJECTION("STATE-1", 7) {
            @Override
            SoundLayers layers() {
                return new SoundLayers(1) {
                    private String state = super.state();
                    private boolean rejected;

                    @Override
                    protected OperationResult called(OperationCall call) {
                        rejected = true;
                        OperationResult result = super.called(call);
                        rejected = false;
                        state = super.state();
                        return result;
                    }

                    @Override
                    protected String state() {
                        return rejected ? state.replaceAll(":\\d+( |$)", ":0$1") : super.state();
                    }
                };
            }
        },
        MASK_OF_A_CALL_WITH_A_GRADIENT("BWD-11", 3) {
            @Override
            SoundLayers layers() {
                return new SoundLayers(1) {
                    private final Map<Shape, Tensor> saved = new HashMap<>();

                    @Override
                    protected OperationResult called(OperationCall call) {
                        OperationResult result = super.called(call);
                        if (call.has("grad_output") && call.training()) {
                            saved.put(result.tensor("mask").shape(), result.tensor("mask"));
                        }
                        return result;
                    }

                    @Override
                    protected OperationCall take(long id) {
                        OperationCall call = super.take(id);
                        Tensor mask = call.optionalTensor("mask").orElse(call.tensor("input"));
                        return saved.containsKey(mask.shape()) && call.has("mask")
                                ? call.with("mask", saved.remove(mask.shape()))
                                : call;
                    }
                };
            }
        },
        DRAWS_IN_THE_BACKWARD_PASS_OF_A_SEEDED_CALL("BWD-13", 7) {
            @Override
            SoundLayers layers() {
                return new SoundLayers(1) {
                    private long seeded = -1;

                    @Override
                    protected OperationResult called(OperationCall call) {
                        OperationResult result = super.called(call);
                        seeded = call.has("seed") && call.flag("retain") ? result.integer("id") : seeded;
                        return result;
                    }

                    @Override
                    protected OperationResult backward(OperationCall asked) {
                        if (asked.integer("of") == seeded) {
                            layer(0).drawMask(Shape.of(1), 0.5);
                        }
                        return super.backward(asked);
                    }
                };
            }
        },
        SEEDS_TWO_LAYERS_AT_ONCE("STATE-7", 5) {
            @Override
            SoundLayers layers() {
                return new SoundLayers(1) {
                    @Override
                    protected void seed(int instance, long seed) {
                        super.seed(instance, seed);
                        if (instance > 10) {
                            super.seed(instance ^ 1, seed);
                        }
                    }
                };
            }
        },
        COPIES_THE_FIRST_LAYER_WHEN_EVALUATED("STATE-6", 0) {
            @Override
            SoundLayers layers() {
                return new SoundLayers(1) {
                    private final Set<Integer> made = new HashSet<>();

                    @Override
                    protected OperationResult called(OperationCall call) {
                        if (made.add(call.instance()) && !call.training()) {
                            layer(call.instance()).restore(layer(0).state());
                        }
                        return super.called(call);
                    }

                    @Override
                    public boolean restart() {
                        made.clear();
                        return super.restart();
                    }
                };
            }
        };

        private final String requirement;
        private final int steps;

        Neighbour(String requirement, int steps) {
            this.requirement = requirement;
            this.steps = steps;
        }

        abstract SoundLayers layers();
    }

    @ParameterizedTest
    @EnumSource
    void eachKindOfStepIsAskedNextToWhatItMayDisturb(Neighbour broken) {
        for (long seed = 1; seed <= 3; seed++) {
            Verdict verdict = certified(broken.layers(), seed, Set.of(broken.requirement))
                    .findings()
                    .get(0)
                    .verdict();
            assertThat(verdict).isInstanceOf(Verdict.Fail.class);
            assertThat(verdict.message().lines()).hasSizeLessThanOrEqualTo(1 + broken.steps);
        }
    }

    @ParameterizedTest
    @CsvSource({"recompute-draws-anew, BWD-12", "rate-above-three-quarters-rejected, RATE-1"})
    void oneRequirementTells(String name, String told) {
        Mutant mutant = Mutants.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(certified(
                                mutant.implementation().apply(1),
                                1,
                                Set.of("RATE-1", "RATE-8", "BWD-11", "BWD-12", "SHAPE-1"))
                        .findings())
                .filteredOn(finding -> finding.verdict() instanceof Verdict.Fail)
                .extracting(finding -> finding.requirement().id())
                .containsExactly(told);
    }

    /** Adds 0 to what it evaluates, whichever buffer it works in. */
    private static final class WithoutNegativeZeros extends SoundLayers {
        WithoutNegativeZeros() {
            super(1);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            OperationResult result = super.called(call);
            Tensor y = result.tensor("output");
            long negative = y.dtype().signBit();
            return call.training()
                    ? result
                    : result.with("output", SoundDropout.map(y, i -> y.bits(i) == negative ? 0 : y.bits(i)));
        }

        @Override
        protected Tensor inputAfter(OperationCall call, OperationResult result) {
            Tensor x = super.inputAfter(call, result);
            return call.flag("in_place") && !call.training()
                    ? SoundDropout.map(x, i -> x.bits(i) == x.dtype().signBit() ? 0 : x.bits(i))
                    : x;
        }
    }

    @Test
    void whatIsWrongWithEveryEvaluationIsNotToldOfThoseInPlaceToo() {
        assertThat(certified(new WithoutNegativeZeros(), 1, Set.of("EVAL-1", "FWD-11"))
                        .findings())
                .filteredOn(finding -> finding.verdict() instanceof Verdict.Fail)
                .extracting(finding -> finding.requirement().id())
                .containsExactly("EVAL-1");
    }

    /** What it needs to draw its mask again is lost where an evaluation comes before the call. */
    private static final class LosesItsPlace extends SoundLayers {
        private boolean evaluated;

        LosesItsPlace() {
            super(1);
        }

        @Override
        protected OperationResult called(OperationCall call) {
            OperationResult result = super.called(call);
            boolean lost = evaluated && call.flag("recompute");
            evaluated = !call.training();
            return lost ? result.with("grad_input", sound(call, layer(0)).tensor("grad_input")) : result;
        }
    }

    @Test
    void aForwardPassIsRecomputedAfterAnEvaluationToo() {
        assertThat(certified(new LosesItsPlace(), 1, Set.of("BWD-12"))
                        .findings()
                        .get(0)
                        .verdict()
                        .message())
                .matches("(?s)gradient index \\d+, expected .*, got .* in step \\d:\n.*evaluation.*recompute true");
    }

    /** The backward pass of an evaluation draws the mask that there was none of. */
    private static final class EvaluationDraws extends SoundLayers {
        EvaluationDraws() {
            super(1);
        }

        @Override
        protected OperationCall take(long id) {
            OperationCall call = super.take(id);
            if (!call.training()) {
                layer(0).drawMask(Shape.of(1), 0.5);
            }
            return call;
        }
    }

    @Test
    void evaluationsAreAmongThePassesThatDrawNothing() {
        assertThat(certified(new EvaluationDraws(), 1, Set.of("BWD-13"))
                        .findings()
                        .get(0)
                        .verdict()
                        .message())
                .matches(
                        "(?s)index \\d+, expected .* in step \\d as in step \\d, got .*:\n.*evaluation.*retain true.*backward of.*");
    }

    /** All layers but the first are wrong in one way. */
    private static final class LaterLayers extends SoundLayers {
        private final Map<Integer, OperationCall> first = new HashMap<>();
        private final Map<Object, OperationResult> kept = new HashMap<>();
        private final String wrong;
        private boolean evaluated;

        LaterLayers(String wrong) {
            super(1);
            this.wrong = wrong;
        }

        @Override
        protected OperationResult called(OperationCall call) {
            boolean leaks = evaluated;
            evaluated = !call.training();
            if (!call.has("instance") || call.has("mask")) {
                return super.called(call);
            }
            int instance = (int) call.integer("instance");
            return switch (wrong) {
                case "rate" ->
                    super.called(call.with(
                            "rate", first.computeIfAbsent(instance, any -> call).rate()));
                case "mask" -> {
                    OperationResult result = super.called(call);
                    yield call.training()
                            ? kept.computeIfAbsent(
                                    List.of(
                                            instance,
                                            call.rate(),
                                            call.tensor("input").shape()),
                                    any -> result)
                            : result;
                }
                case "mode" ->
                    leaks && call.training()
                            ? super.called(call.with(
                                    "mask",
                                    Tensor.full(DType.BOOL, call.tensor("input").shape(), 1)))
                            : super.called(call);
                default -> throw new IllegalStateException(wrong);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rate, 'in step 1:', instance",
        "mask, 'expected a fresh mask in step 2, got that of step 1:', instance",
        "mode, '0 of 128 elements were dropped in step 2, about 64 expected:', evaluation"
    })
    void laterLayersAreDropoutsToo(String wrong, String seen, String under) {
        String told = certified(new LaterLayers(wrong), 1, Set.of("STATE-9"))
                .findings()
                .get(0)
                .verdict()
                .message();
        assertThat(told).contains(seen).containsPattern("1\\. dropout.*" + under);
    }

    @Test
    void anAdapterThatBreaksUnderWhatItKeepsIsToldAsOne() {
        Implementation neverFreed = Mutants.all().stream()
                .filter(one -> one.name().equals("retained-never-freed"))
                .findFirst()
                .orElseThrow()
                .implementation()
                .apply(1);
        Implementation breaking = new Implementation() {
            @Override
            public Description description() {
                return neverFreed.description();
            }

            @Override
            public Result dropout(Call call) {
                return neverFreed.dropout(call);
            }

            @Override
            public OperationResult answer(OperationCall call) {
                try {
                    return neverFreed.answer(call);
                } catch (RejectedCall full) {
                    throw new ImplementationFault("adapter fault: it exited with status 137");
                }
            }
        };
        Verdict verdict =
                certified(breaking, 1, Set.of("BWD-15")).findings().get(0).verdict();
        assertThat(verdict).isInstanceOf(Verdict.Error.class);
        assertThat(verdict.message())
                .startsWith("after 64 calls were retained and used or released, one at a time, which leave nothing to "
                        + "keep: adapter fault: it exited with status 137");
    }

    @Test
    void theStepsTellWhichCallTheyAreOf() {
        Implementation lastMask = Mutants.all().stream()
                .filter(one -> one.name().equals("backward-of-the-last-forward"))
                .findFirst()
                .orElseThrow()
                .implementation()
                .apply(1);
        assertThat(certified(lastMask, 1, Set.of("BWD-11"))
                        .findings()
                        .get(0)
                        .verdict()
                        .message())
                .matches("(?s)gradient index \\d+, expected .*, got .* in step 3, of step 1:\n"
                        + "1\\. dropout, rate 0\\.5, input float32 \\[128], retain true\n"
                        + "2\\. dropout, rate 0\\.5, input float32 \\[128], retain true\n"
                        + "3\\. backward of step 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            backward-of-the-last-200-calls | 2 to 225. dropout, rate 0.5, input float32 [128]
            twelve-streams-for-sixteen-layers | instances 0 and 12, neither ever seeded: expected about 2048 of 4096
            processes-seeded-by-the-second | in two processes that were never seeded, call 1 of one and call 1 of the other
            """)
    void whatIsWrongIsToldInItsOwnWords(String name, String words) {
        Mutant mutant = Mutants.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(certified(mutant.implementation().apply(1), 1, Set.of(mutant.requirement()))
                        .findings()
                        .get(0)
                        .verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class, fail -> assertThat(fail.message()).contains(words));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatMayDifferIsNotFoundFaultWith(long seed) {
        assertNothingWrong(new SoundLayers(seed), seed);
        assertNothingWrong(InstanceMutants.global(seed), seed);
    }

    private static void assertNothingWrong(Implementation implementation, long seed) {
        assertThat(certified(implementation, seed, REQUIREMENTS).findings())
                .hasSize(REQUIREMENTS.size())
                .allSatisfy(finding -> assertThat(finding.verdict())
                        .as(finding.requirement().id())
                        .isInstanceOf(Verdict.Pass.class));
    }

    private static Certificate certified(Implementation implementation, long seed, Set<String> only) {
        return new Certifier(Tier.QUICK, seed, only, id -> {}).certify(implementation);
    }
}
