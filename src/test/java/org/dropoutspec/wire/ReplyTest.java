package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dropoutspec.implementation.ResultField.Kind.TENSORS_BY_NAME;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Capability;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.PlainDropout;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.json.JsonNode;
import org.dropoutspec.tensor.Bits;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each ill-formed reply gets; T stands for a good tensor. */
class ReplyTest {
    private static final String TENSOR = "{\"dtype\":\"float32\",\"shape\":[2],\"data\":\"AACAPwAAAEA=\"}";
    private static final Tensor VALUE = Tensor.ofFloats(Shape.of(2), 1, 2);
    private static final Description PLAIN = Description.of("test", "1");
    private static final Call CALL = Call.training(0.5, VALUE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'id':7}                                      | field output is missing
                    {'id':7,'output':null}                        | field output is null; what is absent is left out
                    {'output':T}                                  | field id is missing
                    {'id':null,'output':T}                        | field id is null
                    {'id':1.5,'output':T}                         | id (1.5) must be an integer
                    {'id':'7','output':T}                         | id ("7") must be an integer
                    {'id':true,'output':T}                        | id (true) must be an integer
                    {'id':1e99,'output':T}                        | must be an integer
                    {'id':99999999999999999999,'output':T}        | must be an integer
                    {'id':7,'id':7,'output':T}                    | key (id) must not be repeated
                    {'id':7,'output':T,'ouput':T}                 | unknown field ouput in the answer; known here: id, out
                    {'id':7,'output':T} {}                        | no JSON object
                    {'id':7,'output':T}]                          | no JSON object
                    {'id':7,'output':T                            | no JSON object
                    {'id':7,'output':T,}                          | no JSON object
                    [7]                                           | no JSON object on one line (no object)
                    null                                          | no JSON object on one line (no object)
                    {'id':NaN}                                    | byte 6: expected a JSON value, got NaN
                    {'id':Infinity}                               | no JSON object
                    {id:7}                                        | no JSON object
                    {'id':07}                                     | byte 6: expected a JSON value, got 07
                    {'id':7,'output':[T]}                         | must be an object
                    {'id':7,'output':T,'mask':T}                  | unknown field mask in the answer
                    {'id':7,'output':T,'grad_input':T}            | unknown field grad_input in the answer
                    {'id':7,'error':{'type':'oops','message':''}} | error.type (oops) must be one of invalid_argument, un
                    {'id':7,'error':{'type':'internal'}}          | field error.message is missing
                    {'id':7,'error':'internal'}                   | error ("internal") must be an object
                    {'id':7,'error':{'type':'internal','message':'','code':1}} | unknown field error.code in the answer
                    {'id':7,'output':T,'error':{'type':'internal','message':''}} | unknown field output in the answer
                    """)
    void illFormedReplyIsAFault(String reply, String message) {
        assertThatThrownBy(() -> read(reply, CALL, PLAIN))
                .isInstanceOf(AdapterFault.class)
                .hasMessageContaining(message);
    }

    /** Some languages have no other number. */
    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "7e0", "0.7E1", "70e-1"})
    void anIntegerIsOneHoweverItIsWritten(String seven) {
        assertThat(read("{'id':" + seven + ",'output':T}", CALL, PLAIN))
                .isEqualTo(read("{'id':7,'output':T}", CALL, PLAIN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'float32' | [3]              | 'AACAPwAAAEA='  | output.data (8 bytes) must fit float32 [3]: 12 bytes
                    'float64' | [2]              | 'AACAPwAAAEA='  | output.data (8 bytes) must fit float64 [2]: 16 bytes
                    'float8'  | [2]              | 'AACAPwAAAEA='  | dtype (float8) must be one of float16, bfloat16
                    'FLOAT32' | [2]              | 'AACAPwAAAEA='  | dtype (FLOAT32) must be one of
                    7         | [2]              | 'AACAPwAAAEA='  | output.dtype (7) must be a string
                    'float32' | [-2]             | 'AACAPwAAAEA='  | output.shape[0] (-2) must be an integer from 0 to
                    'float32' | [2.5]            | 'AACAPwAAAEA='  | output.shape[0] (2.5) must be an integer from 0
                    'float32' | 2                | 'AACAPwAAAEA='  | output.shape (2) must be an array
                    'float32' | [3e9]            | 'AACAPwAAAEA='  | must be an integer
                    'float32' | [4294967298]     | 'AACAPwAAAEA='  | output.shape[0] (4294967298) must be an integer from
                    'float32' | [65536,65536]    | ''              | must have fewer than 2^31 elements
                    'float32' | [2147483647]     | ''              | must fit float32 [2147483647]: 8589934588 bytes
                    'float32' | [2]              | 'AACAPwAAAEA'   | must be base64
                    'float32' | [2]              | 'AACAPwAAAEB='  | without stray bits at its end
                    'float32' | [2]              | 'AACAPwAA AEA=' | must be base64
                    'float32' | [2]              | 'AACAPw-_AEA='  | must be base64
                    'float32' | [2]              | 'AACAPw\\u0100AAEA=' | must be base64
                    'float32' | [2]              | '===='          | must
                    'float32' | [0]              | '===='          | must
                    'bool'    | [2]              | 'AAI='          | output.data has byte 2 at index 1; a bool must be 0
                    """)
    void illFormedTensorIsAFault(String dtype, String shape, String data, String message) {
        String tensor = "{'dtype':" + dtype + ",'shape':" + shape + ",'data':" + data + "}";
        assertThatThrownBy(() -> read("{'id':7,'output':" + tensor + "}", CALL, PLAIN))
                .isInstanceOf(AdapterFault.class)
                .hasMessageContaining(message);
    }

    @Test
    void aShapeOfTooManyAxesIsAFaultAndNotRepeated() {
        String shape = "1,".repeat(299_999) + "1";
        assertThatThrownBy(() -> read(
                        "{'id':7,'output':{'dtype':'float32','shape':[" + shape + "],'data':'AACAPw=='}}", CALL, PLAIN))
                .isInstanceOf(AdapterFault.class)
                .hasMessage("output.shape (of 300000 axes) must have at most 64");
    }

    @Test
    void anEncodingOtherThanUtf8IsAFault() throws AdapterFault {
        String reply = "{\"id\":7,\"output\":" + TENSOR + "}";
        assertThat(ReplyJson.object(reply.getBytes(StandardCharsets.UTF_8))
                        .required("id")
                        .integer())
                .isEqualTo(7);
        assertThatThrownBy(() -> ReplyJson.object(("\uFEFF" + reply).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(AdapterFault.class)
                .hasMessageContaining("(a byte-order mark stands before it)");
        for (String other : List.of("UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
            assertThatThrownBy(() -> ReplyJson.object(reply.getBytes(Charset.forName(other))))
                    .as(other)
                    .isInstanceOf(AdapterFault.class)
                    .hasMessageContaining("(it must be UTF-8, without the byte 0)");
            assertThatThrownBy(() -> ReplyJson.object(("\uFEFF" + reply).getBytes(Charset.forName(other))))
                    .as(other + " with its mark")
                    .isInstanceOf(AdapterFault.class)
                    .hasMessageContaining("UTF-8");
        }
    }

    @Test
    void inputAfterIsRequiredWhereItIsDeclared() throws AdapterFault {
        Description showing = PLAIN.withCapabilities(Capability.INPUT_AFTER);
        assertThat(read("{'id':7,'output':T,'input_after':T}", CALL, showing)).isEqualTo(Result.of(VALUE));
        assertThatThrownBy(() -> read("{'id':7,'output':T}", CALL, showing)).hasMessage("field input_after is missing");
        assertThatThrownBy(() -> read("{'id':7,'output':T,'input_after':T}", CALL, PLAIN))
                .hasMessageContaining("unknown field input_after in the answer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'weight':T}                  | field gradients[0].bias is missing
                    {'bias':T}                    | field gradients[0].weight is missing
                    {'weight':T,'bias':T,'b':T}   | unknown field gradients[0].b in the answer; known here: bias, weight
                    """)
    void gradientsOfALayerAreThoseOfItsWeightAndBiasOrNone(String layer, String message) {
        OperationCall network =
                OperationCall.of("network").expecting(List.of(ResultField.of("gradients", TENSORS_BY_NAME)), 4);
        assertThatThrownBy(() -> Reply.read(object("{'id':7,'gradients':[" + layer + "]}"), network))
                .isInstanceOf(AdapterFault.class)
                .hasMessage(message);
        assertThat(Reply.read(object("{'id':7,'gradients':[{}]}"), network)).isInstanceOf(Reply.Answer.class);
    }

    private static JsonNode object(String text) throws AdapterFault {
        return ReplyJson.object(
                text.replace("'", "\"").replaceAll("(?<=[:\\[])T\\b", TENSOR).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tensorOfAnotherTypeOrShapeIsForTheRequirementsToJudge() throws AdapterFault {
        Object reply = read("{'id':7,'output':{'dtype':'float64','shape':[],'data':'AAAAAAAA8D8='}}", CALL, PLAIN);
        assertThat(reply).isEqualTo(Result.of(Tensor.of(DType.FLOAT64, Shape.of(), 1)));
    }

    @Test
    void escapesAndWhiteSpaceOfJsonAreRead() throws AdapterFault {
        Object reply = read(
                " { 'output' : {'dtype':'bfloat16','shape':[1],'data':'\\/\\u002f8='}, 'id' : 7 } \r", CALL, PLAIN);
        assertThat(reply).isEqualTo(Result.of(Tensor.ofBits(DType.BFLOAT16, Shape.of(1), 0xFFFF)));
    }

    @Test
    void maskIsRequiredOfATrainingCallAndIgnoredInAnEvaluation() throws AdapterFault {
        Description masking = PLAIN.withCapabilities(Capability.MASK_OUTPUT);
        String mask = "{'dtype':'bool','shape':[2],'data':'AQA='}";
        assertThat(read("{'id':7,'output':T,'mask':" + mask + "}", CALL, masking))
                .isEqualTo(Result.of(VALUE).withMask(Tensor.ofBooleans(Shape.of(2), true, false)));
        assertThatThrownBy(() -> read("{'id':7,'output':T}", CALL, masking)).hasMessage("field mask is missing");
        assertThatThrownBy(() -> read("{'id':7,'output':T,'mask':T}", CALL, masking))
                .hasMessage("mask.dtype (float32) must be bool");
        Call evaluation = CALL.withTraining(false);
        assertThat(read("{'id':7,'output':T}", evaluation, masking)).isEqualTo(Result.of(VALUE));
        assertThat(read("{'id':7,'output':T,'mask':" + mask + "}", evaluation, masking))
                .isEqualTo(Result.of(VALUE));
        assertThatThrownBy(() -> read("{'id':7,'output':T,'mask':" + mask + "}", evaluation, PLAIN))
                .hasMessageContaining("only an adapter that declares mask_output sends it");
    }

    @Test
    void gradientIsRequiredWhenAskedFor() throws AdapterFault {
        Call call = CALL.withGradOutput(VALUE);
        assertThat(read("{'id':7,'output':T,'grad_input':T}", call, PLAIN))
                .isEqualTo(Result.of(VALUE).withGradInput(VALUE));
        assertThatThrownBy(() -> read("{'id':7,'output':T}", call, PLAIN)).hasMessage("field grad_input is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'id':7,'output':T}                     | field kept is missing
                    {'id':7,'kept':'hgI=','output':T}       | unknown field output in the answer: the call asks for kept
                    {'id':7,'kept':'hgI=','mask':T}         | unknown field mask in the answer: the call asks for kept,
                    {'id':7,'kept':'hg=='}                  | kept (1 bytes) must fit 10 elements in bits: 2 bytes
                    {'id':7,'kept':'hgIA'}                  | kept (3 bytes) must fit 10 elements in bits: 2 bytes
                    {'id':7,'kept':'hgY='}                  | kept: the last byte (6) must have no bit set beyond its low
                    {'id':7,'kept':'hgJ='}                  | kept must be base64 without stray bits at its end
                    {'id':7,'kept':[134,2]}                 | kept
                    """)
    void illFormedAnswerInBitsIsAFault(String reply, String message) {
        assertThatThrownBy(() -> readBits(reply))
                .isInstanceOf(AdapterFault.class)
                .hasMessageContaining(message);
    }

    @Test
    void bitsAreReadFromTheLowestOfEachByte() throws AdapterFault {
        assertThat(readBits("{'id':7,'kept':'hgI='}"))
                .isEqualTo(Bits.of(10, index -> List.of(1, 2, 7, 9).contains(index)));
        assertThat(((Reply.Error) reply("{'id':7,'error':{'type':'unsupported','message':'no'}}")).type())
                .isEqualTo(Reply.Type.UNSUPPORTED);
    }

    private static Bits readBits(String text) throws AdapterFault {
        return PlainDropout.bits(((Reply.Answer) reply(text)).result());
    }

    private static Reply reply(String text) throws AdapterFault {
        JsonNode fields = object(text);
        fields.required("id").integer();
        return Reply.read(
                fields, PlainDropout.askedInBits(Call.training(0.5, Tensor.full(DType.FLOAT32, Shape.of(10), 1))));
    }

    @Test
    void largeTensorIsReadLikeASmallOne() throws AdapterFault {
        double[] values = new double[1001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * i / 7.0;
        }
        Tensor large = Tensor.of(DType.FLOAT64, Shape.of(7, 143), values);
        byte[] bytes = new byte[8008];
        large.data().get(bytes);
        String data = Base64.getEncoder().encodeToString(bytes);
        assertThat(readLarge(data)).isEqualTo(Result.of(large));
        assertThat(readLarge(data.replace("/", "\\/"))).isEqualTo(Result.of(large));
        assertThatThrownBy(() -> readLarge(data.substring(4))).hasMessageContaining("(8005 bytes) must fit float64");
        assertThatThrownBy(() -> readLarge("-" + data.substring(1)))
                .hasMessageContaining("must be base64, and has the character 0x2D at 0");
        assertThatThrownBy(() -> readLarge("\t" + data.substring(1))).hasMessageContaining("no JSON object");
        assertThatThrownBy(() -> readLarge(data + "'")).hasMessageContaining("no JSON object");
        assertThatThrownBy(() -> readLarge(data.substring(0, data.length() - 2) + "x="))
                .hasMessageContaining("must");
    }

    private static Object readLarge(String data) throws AdapterFault {
        return read("{'id':7,'output':{'shape':[7,143],'data':'" + data + "','dtype':'float64'}}", CALL, PLAIN);
    }

    /** The result, or the error. */
    private static Object read(String text, Call call, Description description) throws AdapterFault {
        JsonNode fields = object(text);
        fields.required("id").integer();
        Reply reply = Reply.read(fields, PlainDropout.asked(call, description));
        return reply instanceof Reply.Answer answer ? PlainDropout.result(answer.result()) : reply;
    }
}
