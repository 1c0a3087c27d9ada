package org.dropoutspec.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.dropoutspec.implementation.OperationCall;
import org.dropoutspec.tensor.Shape;
import org.dropoutspec.tensor.Tensor;
import org.dropoutspec.tensor.Tiled;

/**
 * One request: a line of JSON, written as a stream so that a large tensor is never held twice.
 *
 * @param id the number that the reply repeats
 * @param body the fields after the id
 * @param replyLimit the longest reply in bytes that can be meant
 */
record Request(long id, Body body, int replyLimit) {
    /** Room for a greeting, an error message, or small tensors of a wrong shape. */
    private static final int BASE_LIMIT = 1 << 20;

    /**
     * Bytes an element. Three float64 tensors and a mask are 34 in base64; an encoder that writes {@code /} as
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

    static Request of(long id, OperationCall call) {
        long limit = BASE_LIMIT + LIMIT_PER_ELEMENT * call.answered();
        return new Request(
                id,
                (json, tensors) -> {
                    json.writeStringField("op", call.operation());
                    for (Map.Entry<String, Object> field : call.fields().entrySet()) {
                        write(json, tensors, field.getKey(), field.getValue());
                    }
                },
                (int) Math.min(limit, Integer.MAX_VALUE - 8));
    }

    private static void write(JsonGenerator json, TensorWriter tensors, String name, Object value) throws IOException {
        if (value instanceof Tensor tensor) {
            tensors.write(json, name, tensor);
            return;
        }
        json.writeFieldName(name);
        write(json, tensors, value);
    }

    private static void write(JsonGenerator json, TensorWriter tensors, Object value) throws IOException {
        if (value instanceof Double number) {
            if (Double.isFinite(number)) {
                json.writeNumber(number);
            } else {
                json.writeString(number.toString());
            }
        } else if (value instanceof Shape shape) {
            json.writeArray(shape.extents(), 0, shape.rank());
        } else if (value instanceof int[] numbers) {
            json.writeArray(numbers, 0, numbers.length);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, tensors, element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : map.entrySet()) {
                write(json, tensors, (String) field.getKey(), field.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Tensor tensor) {
            tensors.write(json, tensor);
        } else if (value instanceof Tiled tiled) {
            tensors.write(json, tiled);
        } else {
            writeScalar(json, value);
        }
    }

    private static void writeScalar(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else {
            json.writeString((String) value);
        }
    }

    /** Writes the line, including its end. */
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

    /** The request as messages show it, without the data of its tensors. */
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
