package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Declaration;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Seeding;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an adapter may say of itself, and what each mistake in it gets. */
class HelloReplyTest {
    private static final String HELLO = "{'id':0,'protocol':'1.0',"
            + "'implementation':{'name':'test','version':'1','language':'C'},"
            + "'operations':['dropout'],'dtypes':['float32'],'capabilities':[],'choices':{}}";

    private static final String NEWER = HELLO.replace("1.0", "1.1");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    '1.0'            | '2.0'          | the adapter speaks protocol 2.0, this suite 1.1: refused
                    '1.0'            | '0.9'          | the adapter speaks protocol 0.9, this suite 1.1: refused
                    '1.0'            | '1'            | protocol (1) must be a version such as 1.1
                    '1.0'            | 1.0            | protocol (1.0) must be a string
                    'name':'test'    | 'name':''      | field implementation.name must not be blank
                    'name':'test',   |                | field implementation.name is missing
                    'language':'C'   | 'language':'C','license':'MIT' | unknown field implementation.license
                    ['dropout']      | []             | operations ([]) must not be empty
                    ['dropout']      | ['droput']     | operations (droput) must be of those known here: alpha_dropout, d
                    ['dropout']      | ['dropout','dropout'] | operations ("dropout") must be each name once
                    ['dropout']      | 'dropout'      | operations ("dropout") must be an array
                    ['float32']      | ['float8']     | dtypes: dtype (float8) must be one of float16, bfloat16, float32
                    ['float32']      | []             | dtypes ([]) must not be empty
                    'capabilities':[] | 'capabilities':['sed'] | capabilities (sed) must be of those known here: backward
                    'capabilities':[] | 'capabilities':[7] | capabilities (7) must be strings only
                    'capabilities':[] | 'capabilities':['philox4x32_10'] | capability philox4x32_10 must come with seed
                    'capabilities':[],|              | field capabilities is missing
                    'choices':{}     | 'choices':{'rate_one':'zero'} | choices.rate_one (zero) must be one of zeros, reject
                    'choices':{}     | 'choices':{'scalling':'classic'} | choices (scalling) must be of those known here
                    'choices':{}     | 'choices':{'rate_resolution':1e400} | must be a finite number
                    'choices':{}     | 'choices':{'rate_resolution':-1} | rate_resolution (-1.0) must be in [0, 1)
                    'choices':{}     | 'choices':{'rate_resolution':'0.1'} | must be a finite number
                    'choices':{}     | 'choices':[]   | choices ([]) must be an object
                    'choices':{}     | 'choices':{},'license':'MIT' | unknown field license in the answer
                    """)
    void mistakeIsAFault(String part, String replacement, String message) {
        String hello = HELLO.replace(part, replacement == null ? "" : replacement);
        assertThat(hello).isNotEqualTo(HELLO);
        assertThatThrownBy(() -> read(hello)).isInstanceOf(AdapterFault.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    '1.1'            | '1.2'          | protocol (1.2) must be the lower of the adapter's own version and 1.1
                    ['dropout']      | ['droput']     | operations (droput) must be of those known here: alpha_dropout, attention
                    ['dropout']      | [7]            | operations (7) must be names and objects only
                    ['dropout']      | [{'dtypes':['float32']}] | field operations[0].name is missing
                    ['dropout']      | [{'name':'droput'}] | operations (droput) must be of those known here
                    ['dropout']      | ['rnn',{'name':'rnn'}] | operations ("rnn") must be each name once
                    ['dropout']      | [{'name':'rnn','dtype':[]}] | unknown field operations[0].dtype in the answer; known here: capabilities, choices, dtypes, name
                    ['dropout']      | [{'name':'rnn','dtypes':[]}] | operations[0].dtypes ([]) must not be empty
                    ['dropout']      | [{'name':'rnn','dtypes':['float8']}] | operations[0].dtypes: dtype (float8) must be one of
                    ['dropout']      | ['rnn',{'name':'dropout','capabilities':['sed']}] | operations[1].capabilities (sed) must be of those known here
                    ['dropout']      | [{'name':'dropout','choices':{'rate_one':'zero'}}] | operations[0].choices.rate_one (zero) must be one of zeros, reject
                    ['dropout']      | [{'name':'dropout','choices':{'scalling':'classic'}}] | operations[0].choices (scalling) must be of those known here
                    ['dropout']      | [{'name':'dropout','choices':{'seed_bits':32}}] | operations[0].choices.seed_bits must be declared beside operations and not in one
                    ['dropout']      | [{'name':'dropout','choices':{'stream':'none'}}] | operations[0].choices.stream must be declared beside operations and not in one
                    ['dropout']      | [{'name':'dropout','capabilities':['state']}] | operations[0].capabilities (state) must be declared beside operations and not in one
                    ['dropout']      | [{'name':'gaussian_dropout','capabilities':['mask_output']}] | operations[0].capabilities (mask_output) must be noise_output for gaussian_dropout
                    ['dropout']      | [{'name':'gaussian_dropout','capabilities':['mask_input']}] | operations[0].capabilities (mask_input) must be noise_input for gaussian_dropout
                    ['dropout']      | [{'name':'rnn','capabilities':['noise_output']}] | operations[0].capabilities (noise_output) must be declared for gaussian_dropout alone: rnn has no noise
                    ['dropout']      | [{'name':'dropout','capabilities':['slices']}] | capability slices must come with the field max_elements
                    ['dropout']      | [{'name':'dropout','capabilities':['in_place']}] | operations[0].capabilities: capability in_place must come with input_after
                    'capabilities':[] | 'capabilities':['in_place'] | capability in_place must come with input_after
                    'capabilities':[] | 'capabilities':['slices'] | capability slices must come with the field max_elements
                    'capabilities':[] | 'capabilities':['slices'],'max_elements':0 | max_elements (0) must be an integer from 1 to
                    'capabilities':[] | 'capabilities':['slices'],'max_elements':'1e9' | max_elements ("1e9") must be an integer from 1 to
                    'capabilities':[] | 'capabilities':['philox4x32_10'] | capability philox4x32_10 must come with seed
                    'capabilities':[],'choices':{} | 'capabilities':['state'],'choices':{'stream':'none'} | capability state must not come with choices.stream (none)
                    'choices':{}     | 'choices':{'seed_bits':15} | choices.seed_bits (15) must be an integer from 16 to 53
                    'choices':{}     | 'choices':{'seed_bits':54} | choices.seed_bits (54) must be an integer from 16 to 53
                    'choices':{}     | 'choices':{'seed_bits':32.5} | choices.seed_bits (32.5) must be an integer from 16 to 53
                    'choices':{}     | 'choices':{'seed_bits':'32'} | choices.seed_bits ("32") must be an integer from 16 to 53
                    'choices':{}     | 'choices':{'stream':'never'} | choices.stream (never) must be one of continues, none
                    'choices':{}     | 'choices':{'modes':'evaluation'} | choices.modes (evaluation) must be one of both, training
                    'choices':{}     | 'choices':{'seed_scope':'all'} | choices.seed_scope (all) must be one of global, instance
                    'choices':{}     | 'choices':{'unseeded_stream':'random'} | choices.unseeded_stream (random) must be one of fresh, fixed
                    'choices':{}     | 'choices':{'integer_input':'truncate'} | choices.integer_input (truncate) must be one of reject, promote
                    'choices':{}     | 'choices':{'weight_mask':'row'} | choices.weight_mask (row) must be one of call, example
                    'choices':{}     | 'choices':{'modus':'both'} | choices (modus) must be of those known here: dropped_nonfinite, integer_input, modes
                    """)
    void mistakeInTheNewerVersionIsAFault(String part, String replacement, String message) {
        String hello = NEWER.replace(part, replacement);
        assertThat(hello).isNotEqualTo(NEWER);
        assertThatThrownBy(() -> read(hello)).isInstanceOf(AdapterFault.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ['dropout']      | [{'name':'dropout'}] | operations ({"name":"dropout"}) must be strings only
                    ['dropout']      | ['attention']  | operations (attention) must be of those known here
                    ['float32']      | ['int32']      | dtype (int32) must be one of
                    'capabilities':[] | 'capabilities':['retain'] | capabilities (retain) must be of those known here: backward
                    'capabilities':[] | 'capabilities':[],'max_elements':9 | unknown field max_elements in the answer
                    'choices':{}     | 'choices':{'modes':'training'} | choices (modes) must be of those known here
                    'choices':{}     | 'choices':{'seed_bits':32} | choices (seed_bits) must be of those known here
                    """)
    void whatIsNewIsUnknownToAnAdapterOfTheFirstVersion(String part, String replacement, String message) {
        String older = HELLO.replace(part, replacement);
        assertThatThrownBy(() -> read(older)).isInstanceOf(AdapterFault.class).hasMessageContaining(message);
    }

    @Test
    void anIntegerInputMayBeAnyStringInTheFirstVersion() throws AdapterFault {
        assertThat(read(HELLO.replace("{}}", "{'integer_input':'truncate'}}")).choices())
                .isEqualTo(Choices.defaults());
    }

    @Test
    void anOperationsOwnDeclarationsReplaceTheCommonOnes() throws AdapterFault {
        Description description = read("{'id':0,'protocol':'1.1',"
                + "'implementation':{'name':'test','version':'1','language':'C'},"
                + "'operations':['rnn',{'name':'dropout','capabilities':['backward','seed'],"
                + "'choices':{'modes':'training','integer_input':'promote'}},"
                + "{'name':'gaussian_dropout','dtypes':['float64'],'capabilities':['noise_output']}],"
                + "'dtypes':['float32','int32'],'capabilities':['mask_output','state','slices'],"
                + "'choices':{'scaling':'classic','seed_bits':27,'unseeded_stream':'fixed','weight_mask':'example'},"
                + "'max_elements':4294967296}");
        Choices own = Choices.defaults().with(Choices.Modes.TRAINING).with(Choices.IntegerInput.PROMOTE);
        Choices common = Choices.defaults().with(Choices.Scaling.CLASSIC).with(Choices.WeightMask.EXAMPLE);
        assertThat(description.declarations())
                .containsExactly(
                        entry(
                                "dropout",
                                new Declaration(
                                        Set.of(DType.FLOAT32),
                                        Set.of(Capability.BACKWARD, Capability.SEED, Capability.STATE),
                                        own)),
                        entry(
                                "gaussian_dropout",
                                new Declaration(
                                        Set.of(DType.FLOAT64),
                                        Set.of(Capability.NOISE_OUTPUT, Capability.STATE),
                                        common)),
                        entry(
                                "rnn",
                                new Declaration(
                                        Set.of(DType.FLOAT32),
                                        Set.of(Capability.MASK_OUTPUT, Capability.STATE, Capability.SLICES),
                                        common)));
        assertThat(description.dtypes()).containsExactly(DType.FLOAT32);
        assertThat(description.can(Capability.SEED)).isTrue();
        assertThat(description.can(Capability.MASK_OUTPUT)).isFalse();
        assertThat(description.choices()).isEqualTo(own);
        assertThat(description.operations()).containsExactly("dropout", "gaussian_dropout", "rnn");
        assertThat(description.seeding())
                .isEqualTo(Seeding.defaults().withBits(27).with(Seeding.Unseeded.FIXED));
        assertThat(description.maxElements()).hasValue(1L << 32);
    }

    @Test
    void anAdapterOfTheFirstVersionIsAskedPlainDropoutAlone() throws AdapterFault {
        Description description = read(HELLO.replace("['dropout']", "['dropout','rnn']"));
        assertThat(description.operations()).containsExactly("dropout", "rnn");
        assertThat(description.declaration("rnn").dtypes()).isEmpty();
        assertThat(description.dtypes()).containsExactly(DType.FLOAT32);
    }

    @Test
    void whatIsAboutTheWholeAdapterMayBeRepeatedInAnOperation() throws AdapterFault {
        String hello = NEWER.replace(
                        "['dropout']",
                        "[{'name':'dropout','capabilities':['seed','instances'],'choices':{'seed_bits':32}}]")
                .replace("'capabilities':[],'choices':{}", "'capabilities':['instances'],'choices':{'seed_bits':32}");
        Description description = read(hello);
        assertThat(description.seeding().bits()).isEqualTo(32);
        assertThat(description.capabilities()).containsExactly(Capability.SEED, Capability.INSTANCES);
    }

    /** Compared with each other these would take minutes. */
    @Test
    @Timeout(20)
    void theFirstOfManyUnknownNamesIsTold() {
        String many = IntStream.range(0, 60_000).mapToObj(i -> "'c" + i + "'").collect(Collectors.joining(","));
        assertThatThrownBy(() -> read(NEWER.replace("'capabilities':[]", "'capabilities':[" + many + "]")))
                .isInstanceOf(AdapterFault.class)
                .hasMessageStartingWith("capabilities (c0) must be of those known here: backward")
                .message()
                .hasSizeLessThan(500);
        String fields =
                IntStream.range(0, 60_000).mapToObj(i -> "'c" + i + "':0").collect(Collectors.joining(","));
        assertThatThrownBy(() -> read(NEWER.replace("'choices':{}", "'choices':{" + fields + "}")))
                .isInstanceOf(AdapterFault.class)
                .hasMessageStartingWith("choices (c0) must be of those known here: dropped_nonfinite");
    }

    @Test
    void longTextsAreCut() throws AdapterFault {
        Description description = read(HELLO.replace("'test'", "'" + "x".repeat(900_000) + "'")
                .replace("'language':'C'", "'language':'C','notes':'" + "y".repeat(9000) + "'"));
        assertThat(description.name()).isEqualTo("x".repeat(200) + "... (900000 characters)");
        assertThat(description.notes()).contains("y".repeat(2000) + "... (9000 characters)");
    }

    @Test
    void errorInsteadOfADescriptionIsAFault() {
        assertThatThrownBy(() -> read("{'id':0,'error':{'type':'internal','message':'no torch'}}"))
                .hasMessage("hello was answered with an error: no torch");
    }

    @Test
    void choicesAreOptional() throws AdapterFault {
        Description description = read(HELLO.replace(",'choices':{}", ""));
        assertThat(description.choices()).isEqualTo(Choices.defaults());
        assertThat(description.language()).isEqualTo("C");
    }

    @Test
    void boolIsNoTypeOfInput() throws AdapterFault {
        assertThat(read(HELLO.replace("'float32'", "'float32','bool'")).dtypes())
                .containsExactly(DType.FLOAT32);
    }

    private static Description read(String text) throws AdapterFault {
        JsonNode fields = ReplyJson.object(text.replace("'", "\"").getBytes(StandardCharsets.UTF_8));
        fields.required("id").integer();
        return HelloReply.read(fields);
    }
}
