package org.dropoutspec.wire;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.dropoutspec.tensor.DType;
import org.dropoutspec.tensor.Tensor;
import org.dropoutspec.tensor.Tiled;

/** Writes tensors in the form of the protocol. */
enum TensorWriter {
    /** Writes every element. */
    WHOLE {
        @Override
        void writeData(JsonGenerator json, ByteBuffer data) throws IOException {
            json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, new ByteBufferBackedInputStream(data), data.remaining());
        }
    },

    /** Writes a text for people that tells the amount of data in its place; it is not valid base64. */
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
        Optional<ByteBuffer> tile = tensor.tile();
        write(json, tensor.dtype(), extents, tile.isPresent() ? "tile" : "data", tile.orElseGet(tensor::data));
    }

    void write(JsonGenerator json, Tiled tensor) throws IOException {
        int[] extents = tensor.extents().stream().mapToInt(Integer::intValue).toArray();
        write(json, tensor.dtype(), extents, "tile", tensor.tile().data());
    }

    private void write(JsonGenerator json, DType dtype, int[] extents, String kind, ByteBuffer data)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("dtype", dtype.toString());
        json.writeFieldName("shape");
        json.writeArray(extents, 0, extents.length);
        json.writeFieldName(kind);
        writeData(json, data);
        json.writeEndObject();
    }
}
