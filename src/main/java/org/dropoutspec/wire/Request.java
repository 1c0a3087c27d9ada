package org.dropoutspec.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.dropoutspec.implementation.Call;

/**
 * One request: a line of JSON, written as a stream so that a large tensor is never held twice.
 *
 * @param id repeated by the reply
 * @param body the fields after the id
 * @param replyLimit the longest reply in bytes that could be meant
 */
record Request(long id, Body body, int replyLimit) {
    /** Room for a greeting, an error message, or small tensors of a wrong shape. */
    private static final int BASE_LIMIT = 1 << 20;

    /**
     * Bytes an element: three float64 tensors and a mask in base64 are 34, and an encoder that writes {@code /} as
     * {@code \/} doubles that at worst.
     */
    private static final int LIMIT_PER_ELEMENT = 72;

    // the fast writer gives the shortest decimal that reads back as the same double, on every JDK
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    /** Writes the fields of a request after its id. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json, TensorWriter tensors) throws IOException;
    }

    static Request hello() {
        return new Request(
                0,
                (json, tensors) -> {
                    json.writeStringField("op", "hello");
                    json.writeStringField("protocol", Protocol.VERSION);
                },
                BASE_LIMIT);
    }

    static Request dropout(long id, Call call) {
        long elements = Math.max(call.input().size(), (long) call.maskShape().size());
        long limit = BASE_LIMIT + LIMIT_PER_ELEMENT * elements;
        return new Request(
                id, (json, tensors) -> write(call, json, tensors), (int) Math.min(limit, Integer.MAX_VALUE - 8));
    }

    private static void write(Call call, JsonGenerator json, TensorWriter tensors) throws IOException {
        json.writeStringField("op", "dropout");
        json.writeFieldName("rate");
        if (Double.isFinite(call.rate())) {
            json.writeNumber(call.rate());
        } else {
            json.writeString(Double.toString(call.rate()));
        }
        json.writeBooleanField("training", call.training());
        tensors.write(json, "input", call.input());
        if (call.gradOutput().isPresent()) {
            tensors.write(json, "grad_output", call.gradOutput().get());
        }
        if (call.seed().isPresent()) {
            json.writeNumberField("seed", call.seed().getAsLong());
        }
        if (call.noiseShape().isPresent()) {
            write(json, "noise_shape", call.noiseShape().get().extents());
        }
        if (call.mask().isPresent()) {
            tensors.write(json, "mask", call.mask().get());
        }
        if (call.permutation().isPresent()) {
            write(json, "permutation", call.permutation().get());
        }
    }

    private static void write(JsonGenerator json, String field, int[] numbers) throws IOException {
        json.writeFieldName(field);
        json.writeArray(numbers, 0, numbers.length);
    }

    /** Writes the line, its end included. */
    void write(OutputStream out) throws IOException {
        write(out, TensorWriter.WHOLE);
        out.write('\n');
        out.flush();
    }

    private void write(OutputStream out, TensorWriter tensors) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("id", id);
            body.write(json, tensors);
            json.writeEndObject();
        }
    }

    /** The request as a message shows it: without the bulk of its tensors. */
    @Override
    public String toString() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            write(text, TensorWriter.SHORTENED);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
