package org.dropoutspec.adversary.family;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.OperationResult;
import org.dropoutspec.implementation.RejectedCall;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.operation.Operation;
import org.dropoutspec.operation.ReferenceFamily;

/** States in strange words, seeds of one layer and of all, and no stream at all. */
final class SoundBetween {
    private static final String MARK = "\u00e9tat \"\\\n\t{";

    private SoundBetween() {}

    private interface Words {
        String of(String words);
    }

    private static Implementation alone(String operation, Implementation family, Seeding seeding) {
        return new Implementation() {
            @Override
            public Description description() {
                Description all = family.description();
                return all.onlyDeclaring(operation, all.declaration(operation)).with(seeding);
            }

            @Override
            public Result dropout(Call call) {
                throw new RejectedCall("plain dropout is not declared");
            }

            @Override
            public OperationResult answer(OperationCall call) {
                return family.answer(call);
            }

            @Override
            public boolean restart() {
                return family.restart();
            }
        };
    }

    private static List<Operation> only(String operation) {
        return List.of(FamilyBroken.named(operation));
    }

    private static Seeding perLayer() {
        return Seeding.defaults().with(Seeding.Scope.INSTANCE).with(Seeding.Unseeded.FRESH);
    }

    private static FamilySound stated(String operation, String name, Words saved, Words restored) {
        return new FamilySound(
                operation,
                name,
                seed -> alone(
                        operation,
                        new ReferenceFamily(seed, only(operation)) {
                            @Override
                            protected String state() {
                                return saved.of(super.state());
                            }

                            @Override
                            protected void restore(String state) {
                                super.restore(restored.of(state));
                            }
                        },
                        perLayer()));
    }

    /** A seed starts every layer, each from what follows from it and its number; also one that is named later. */
    private static FamilySound global(String operation) {
        return new FamilySound(
                operation,
                "seeds all its layers at once, each from a number of its own",
                seed -> alone(
                        operation,
                        new ReferenceFamily(seed, only(operation)) {
                            private long begun = seed;

                            @Override
                            protected long first(int instance) {
                                return new OwnNumbers(begun).word(instance);
                            }

                            @Override
                            protected void seed(int instance, long given) {
                                begun = given * 31 + 7;
                                for (int layer = 0; layer < 16; layer++) {
                                    layer(layer).reseed(first(layer));
                                }
                            }
                        },
                        Seeding.defaults()));
    }

    /** A mask follows from its seed alone; a call without one takes a fresh one. */
    private static FamilySound withoutStream(String operation) {
        FamilySound whole =
                FamilySound.of(operation, "has no stream", (call, dropout, sound) -> sound.answer(call, dropout));
        return new FamilySound(operation, whole.name(), seed -> {
            SplittableRandom fresh = new SplittableRandom(seed);
            Implementation one = whole.implementation().apply(seed);
            return new Implementation() {
                @Override
                public Description description() {
                    return one.description().with(Seeding.defaults().with(Seeding.Stream.NONE));
                }

                @Override
                public Result dropout(Call call) {
                    return one.dropout(call);
                }

                @Override
                public OperationResult answer(OperationCall call) {
                    return one.answer(call.has("seed") ? call : call.with("seed", fresh.nextLong() >>> 11));
                }
            };
        });
    }

    static List<FamilySound> all() {
        return List.of(
                stated(
                        "alpha_dropout",
                        "saves its state in base64, with marks, line ends and letters that are no ASCII",
                        words -> MARK + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)),
                        words -> {
                            if (!words.startsWith(MARK)) {
                                throw new IllegalArgumentException("no state");
                            }
                            return new String(
                                    Base64.getDecoder().decode(words.substring(MARK.length())), StandardCharsets.UTF_8);
                        }),
                stated(
                        "rnn",
                        "saves its state behind 200,000 blanks",
                        words -> " ".repeat(200_000) + words,
                        String::strip),
                global("gaussian_dropout"),
                global("network"),
                withoutStream("attention"),
                withoutStream("dropconnect"));
    }
}
