package org.dropoutspec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dropoutspec.fuzz.DamagedText;
import org.dropoutspec.fuzz.Fuzz;
import org.dropoutspec.json.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hellos damaged at random: nothing but an adapter's fault, and what the schema refuses is refused. */
@Timeout(600)
class HelloFuzzTest {
    private static final String WHO =
            "'implementation':{'name':'test','version':'1','language':'C','homepage':'h','issues':'i','notes':'n'}";

    private static final List<String> GOOD = List.of(
            hello("{'id':0,'protocol':'1.0',W,'operations':['dropout','rnn'],'dtypes':['float32','bool'],"
                    + "'capabilities':['seed','philox4x32_10'],'choices':{'rate_one':'reject','rate_resolution':0.25,"
                    + "'integer_input':'truncate','strided_mask':'x'}}"),
            hello("{'id':0,'protocol':'1.1',W,'operations':['dropout','attention',{'name':'gaussian_dropout',"
                    + "'dtypes':['float64'],'capabilities':['noise_output'],'choices':{'scaling':'classic'}}],"
                    + "'dtypes':['float32','int32'],'capabilities':['slices','state','in_place','input_after'],"
                    + "'choices':{'seed_bits':32,'stream':'continues','modes':'both'},'max_elements':9}"));

    /** What no schema says: where the reader refuses more. */
    private static final Pattern BEYOND_THE_SCHEMA = Pattern.compile("must be each name once"
            + "|must be declared beside operations and not in one"
            + "|capability slices must come with the field max_elements"
            + "|must not be blank"
            + "|max_elements \\(\\d{19,}\\) must be");

    private static String hello(String text) {
        return text.replace("W", WHO).replace('\'', '"');
    }

    @Test
    void theGoodOnesAreRead() {
        GOOD.forEach(hello ->
                assertThat(fault(hello.getBytes(StandardCharsets.UTF_8))).isEmpty());
        GOOD.forEach(hello -> assertThat(Schemas.validate("hello-reply", hello)).isEmpty());
    }

    @Test
    void whatTheSchemaRefusesIsAFaultAndTheOtherWayRound() {
        Fuzz.rounds(3000, random -> {
            String text = DamagedText.json(GOOD.get(random.nextInt(GOOD.size())), random);
            Optional<String> fault = fault(text.getBytes(StandardCharsets.UTF_8));
            if (!Schemas.validate("hello-reply", text).isEmpty()) {
                assertThat(fault).as(text).isPresent();
            } else {
                fault.ifPresent(why -> assertThat(why).as(text).containsPattern(BEYOND_THE_SCHEMA));
            }
        });
    }

    @Test
    void whateverTheBytesAreNothingElseIsThrown() {
        Fuzz.rounds(5000, random -> fault(DamagedText.bytes(GOOD.get(random.nextInt(GOOD.size())), random)));
    }

    private static Optional<String> fault(byte[] line) {
        try {
            JsonNode fields = ReplyJson.object(line);
            long id = fields.required("id").integer();
            if (id != 0) {
                throw new AdapterFault("id (" + id + ") must repeat the request's: 0"); // as AdapterProcess has it
            }
            HelloReply.read(fields);
            return Optional.empty();
        } catch (AdapterFault fault) {
            assertThat(fault.getMessage()).isNotBlank().hasSizeLessThan(1500);
            return Optional.of(fault.getMessage());
        }
    }
}
