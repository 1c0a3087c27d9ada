package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dropoutspec.fuzz.DamagedText;
import org.dropoutspec.fuzz.Fuzz;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.implementation.ResultField;
import org.dropoutspec.implementation.ResultField.Kind;
import org.dropoutspec.json.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replies damaged at random: nothing but an adapter's fault, and what the schema refuses is refused. */
@Timeout(600)
class ReplyFuzzTest {
    private static final String TENSOR = "{'dtype':'float32','shape':[2],'data':'AACAPwAAAEA='}";
    private static final String MASK = "{'dtype':'bool','shape':[2],'data':'AQA='}";

    /** What no schema says, or says of another field: where the reader refuses more. */
    private static final Pattern BEYOND_THE_SCHEMA = Pattern.compile("id \\(.*\\) must repeat the request's"
            + "|\\) must fit "
            + "|a bool must be 0 or 1"
            + "|dtype \\(.*\\) must be bool"
            + "|fewer than 2\\^31 elements"
            + "|must have no bit set beyond"
            + "|\\.0\\) must be an integer"
            + "|field \\S+ is missing"
            + "|unknown field \\S+ in the answer");

    private record Asked(String schema, OperationCall call, String good) {}

    private static final List<Asked> ASKED = List.of(
            asked("dropout-reply", "{'id':7,'output':T}", ResultField.tensor("output")),
            asked(
                    "dropout-reply",
                    "{'id':7,'output':T,'mask':M,'grad_input':T,'input_after':T}",
                    ResultField.tensor("output"),
                    ResultField.mask("mask"),
                    ResultField.tensor("grad_input"),
                    ResultField.tensor("input_after")),
            asked("kept-reply", "{'id':7,'kept':'hgI='}", ResultField.bits("kept", 10)),
            asked("slices-reply", "{'id':7,'slices':[T,T]}", ResultField.of("slices", Kind.TENSORS)),
            asked("between-reply", "{'id':7,'state':'abc'}", ResultField.of("state", Kind.TEXT)),
            asked(
                    "error-reply",
                    "{'id':7,'error':{'type':'unsupported','message':'no'}}",
                    ResultField.tensor("output")),
            asked(
                    "network-reply",
                    "{'id':7,'loss':0.5,'activations':[T,T],'masks':[M],'gradients':[{'weight':T,'bias':T},{}],'grad_input':T}",
                    ResultField.of("loss", Kind.NUMBER),
                    ResultField.of("activations", Kind.TENSORS),
                    ResultField.of("masks", Kind.MASKS),
                    ResultField.of("gradients", Kind.TENSORS_BY_NAME),
                    ResultField.tensor("grad_input")));

    private static Asked asked(String schema, String good, ResultField... fields) {
        String text = good.replaceAll("(?<=[:\\[,])T\\b", TENSOR)
                .replaceAll("(?<=[:\\[])M\\b", MASK)
                .replace('\'', '"');
        return new Asked(schema, OperationCall.of("any").expecting(List.of(fields), 4), text);
    }

    @Test
    void theGoodOnesAreRead() {
        ASKED.forEach(asked -> assertThat(fault(bytes(asked.good()), asked)).isEmpty());
        ASKED.forEach(asked ->
                assertThat(Schemas.validate(asked.schema(), asked.good())).isEmpty());
    }

    @Test
    void whatTheSchemaRefusesIsAFaultAndTheOtherWayRound() {
        Fuzz.rounds(3000, random -> {
            Asked asked = ASKED.get(random.nextInt(ASKED.size()));
            String text = DamagedText.json(asked.good(), random);
            Optional<String> fault = fault(bytes(text), asked);
            String schema = text.contains("\"error\"") ? "error-reply" : asked.schema();
            boolean refused = !Schemas.validate(schema, text).isEmpty();
            if (refused) {
                assertThat(fault).as(text).isPresent();
            } else {
                fault.ifPresent(why -> assertThat(why).as(text).containsPattern(BEYOND_THE_SCHEMA));
            }
        });
    }

    @Test
    void whateverTheBytesAreNothingElseIsThrown() {
        Fuzz.rounds(5000, random -> {
            Asked asked = ASKED.get(random.nextInt(ASKED.size()));
            fault(DamagedText.bytes(asked.good(), random), asked);
        });
    }

    /** What is wrong with the reply, told in bounded words. */
    private static Optional<String> fault(byte[] line, Asked asked) {
        try {
            JsonNode fields = ReplyJson.object(line);
            long id = fields.required("id").integer();
            if (id != 7) {
                throw new AdapterFault("id (" + id + ") must repeat the request's: 7"); // as AdapterProcess has it
            }
            Reply.read(fields, asked.call());
            return Optional.empty();
        } catch (AdapterFault fault) {
            assertThat(fault.getMessage()).isNotBlank().hasSizeLessThan(1500);
            return Optional.of(fault.getMessage());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
