package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.dropoutspec.implementation.Choices;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an adapter may say of itself, and what each mistake in it gets. */
class HelloReplyTest {
    private static final String HELLO = "{'id':0,'protocol':'1.0',"
            + "'implementation':{'name':'test','version':'1','language':'C'},"
            + "'operations':['dropout'],'dtypes':['float32'],'capabilities':[],'choices':{}}";

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
        Fields fields = StrictJson.object(text.replace("'", "\"").getBytes(StandardCharsets.UTF_8));
        fields.integer("id");
        return HelloReply.read(fields);
    }
}
