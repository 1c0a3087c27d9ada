package org.dropoutspec.wire;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.dropoutspec.tensor.Tensor;

/** Writes tensors as the protocol has them. */
enum TensorWriter {
    /** Every element. */
    WHOLE {
        @Override
        void writeData(JsonGenerator json, ByteBuffer data) throws IOException {
            json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, new ByteBufferBackedInputStream(data), data.remaining());
        }
    },

    /** For people: how much data there is in the place of it, which is no valid base64. */
    SHORTENED {
        @Override
        void writeData(JsonGenerator json, ByteBuffer data) throws IOException {
            json.writeString("(" + data.remaining() + " bytes)");
        }
    };

    abstract void writeData(JsonGenerator json, ByteBuffer data) throws IOException;

    void write(JsonGenerator json, String field, Tensor tensor) throws IOException {
        json.writeFieldName(field);
        write(json, tensor);
    }

    void write(JsonGenerator json, Tensor tensor) throws IOException {
        int[] extents = tensor.shape().extents();
        json.writeStartObject();
        json.writeStringField("dtype", tensor.dtype().toString());
        json.writeFieldName("shape");
        json.writeArray(extents, 0, extents.length);
        Optional<ByteBuffer> tile = tensor.tile();
        json.writeFieldName(tile.isPresent() ? "tile" : "data");
        writeData(json, tile.orElseGet(tensor::data));
        json.writeEndObject();
    }
}
