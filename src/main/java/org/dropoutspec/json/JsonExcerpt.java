package org.dropoutspec.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The beginning of a value as compact JSON, for a message. */
final class JsonExcerpt {
    /** The length in characters after which no more is added, since it would help nobody. */
    private static final int LONGEST = 200;

    private JsonExcerpt() {}

    static void append(StringBuilder text, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            text.append('{');
            Iterator<? extends Map.Entry<?, ?>> fields = map.entrySet().iterator();
            while (fields.hasNext() && text.length() < LONGEST) {
                Map.Entry<?, ?> field = fields.next();
                string(text, field.getKey().toString());
                text.append(':');
                append(text, field.getValue());
                text.append(fields.hasNext() ? "," : "");
            }
            text.append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            Iterator<?> elements = list.iterator();
            while (elements.hasNext() && text.length() < LONGEST) {
                append(text, elements.next());
                text.append(elements.hasNext() ? "," : "");
            }
            text.append(']');
        } else if (value instanceof LongString large) {
            string(text, large.text().substring(0, LONGEST / 2) + "...");
        } else if (value instanceof String string) {
            string(text, string);
        } else {
            text.append(value);
        }
    }

    private static void string(StringBuilder text, String string) {
        text.append('"')
                .append(JsonStringEncoder.getInstance().quoteAsString(string))
                .append('"');
    }
}
