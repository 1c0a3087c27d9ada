package org.dropoutspec.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.dropoutspec.implementation.Call;
import org.dropoutspec.implementation.Description;
import org.dropoutspec.implementation.Implementation;
import org.dropoutspec.implementation.Result;
import org.dropoutspec.operation.ReferenceFamily;
import org.dropoutspec.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MaskPicturesTest {
    @Test
    void aSoundMaskHasNothingMarked() {
        assertThat(pictures(UnaryOperator.identity()))
                .contains("No two of the 64 calls drew the same mask.")
                .contains("None so seldom or so often that it would be no chance.")
                .doesNotContain("\u2717");
    }

    @Test
    void anElementThatIsNeverDroppedIsFramed() {
        assertThat(pictures(output -> changed(output, Exhibits.COLUMNS)))
                .contains("\u2717 16, framed, were dropped at most 5 times")
                .containsPattern("stroke=\"var\\(--bad\\)\" stroke-width=\"2\"");
    }

    @Test
    void aMaskThatComesAgainIsNamed() {
        Tensor[] first = new Tensor[1];
        assertThat(pictures(output -> first[0] = first[0] == null ? output : first[0]))
                .contains("63 of the 64 calls drew a mask that was drawn before.")
                .contains("call 2: \u2717 the mask of call 1");
    }

    @Test
    void whatIsNoMaskIsNotDrawn() {
        ObjectNode certificate = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 8; i++) {
            certificate.withObject("/exhibits").withArray("masks").add("<script>");
        }
        assertThat(MaskPictures.of(certificate)).isEmpty();
    }

    /** Every so many elements from the first one are kept. */
    private static Tensor changed(Tensor output, int every) {
        long[] words = new long[output.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = i % every == 0 ? 0x40000000 : output.bits(i);
        }
        return Tensor.ofBits(output.dtype(), output.shape(), words);
    }

    private static String pictures(UnaryOperator<Tensor> change) {
        Implementation sound = new ReferenceFamily(3);
        Optional<Exhibits> exhibits = Exhibits.of(new Implementation() {
            @Override
            public Description description() {
                return Description.of("mine", "1");
            }

            @Override
            public Result dropout(Call call) {
                Tensor output = sound.dropout(call).output();
                return Result.of(call.rate() == 0.5 && output.value(0) % 2 == 0 ? change.apply(output) : output);
            }
        });
        ObjectNode certificate = JsonNodeFactory.instance.objectNode();
        exhibits.orElseThrow().addTo(certificate);
        return MaskPictures.of(certificate).stream()
                .map(picture -> picture.render())
                .collect(Collectors.joining());
    }
}
