package org.dropoutspec.golden.format;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * JSON for people and for byte comparison. A value that fits stays on one line; any other is broken and indented by
 * two, and a long list of words fills its lines.
 *
 * <p>No library writes it, since its layout may change with its version. A line ends in {@code \n} on every operating
 * system.
 */
public final class JsonText {
    private static final int WIDTH = 140;
    /** The least length of a list that fills its lines; a shorter one that does not fit has one word on a line. */
    private static final int FEWEST_FILLED = 17;

    private final StringBuilder text = new StringBuilder();
    /** The length of the text at which the line is too long, so that the rest need not be written. */
    private int limit;

    private JsonText() {}

    public static byte[] of(Object tree) {
        JsonText json = new JsonText();
        json.broken(tree, 0);
        return json.text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(Object value, int indent) {
        int start = text.length();
        limit = start + WIDTH - indent;
        line(value);
        if (text.length() > limit && (value instanceof Map || value instanceof List)) {
            text.setLength(start);
            if (value instanceof List<?> list && list.size() >= FEWEST_FILLED && list.get(0) instanceof String) {
                filled(list, indent);
            } else {
                broken(value, indent);
            }
        }
    }

    private void filled(List<?> words, int indent) {
        text.append('[');
        int lineEnd = 0;
        for (Iterator<?> items = words.iterator(); items.hasNext(); ) {
            String item = items.next().toString();
            if (text.length() + item.length() + 4 > lineEnd) {
                newline(indent + 2);
                lineEnd = text.length() + WIDTH - indent - 2;
            } else {
                text.append(' ');
            }
            string(item);
            text.append(items.hasNext() ? "," : "");
        }
        newline(indent);
        text.append(']');
    }

    private void broken(Object value, int indent) {
        boolean object = value instanceof Map;
        text.append(object ? '{' : '[');
        Iterator<?> items = object ? ((Map<?, ?>) value).entrySet().iterator() : ((List<?>) value).iterator();
        while (items.hasNext()) {
            newline(indent + 2);
            Object item = items.next();
            if (item instanceof Map.Entry<?, ?> field) {
                key(field);
                item = field.getValue();
            }
            value(item, indent + 2);
            text.append(items.hasNext() ? "," : "");
        }
        newline(indent);
        text.append(object ? '}' : ']');
    }

    private void line(Object value) {
        if (value instanceof Map<?, ?> object) {
            text.append('{');
            separated(object.entrySet().iterator());
            text.append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            separated(list.iterator());
            text.append(']');
        } else if (value instanceof String string) {
            string(string);
        } else {
            text.append(value);
        }
    }

    private void separated(Iterator<?> items) {
        while (items.hasNext() && text.length() <= limit) {
            Object item = items.next();
            if (item instanceof Map.Entry<?, ?> field) {
                key(field);
                item = field.getValue();
            }
            line(item);
            text.append(items.hasNext() ? ", " : "");
        }
    }

    private void key(Map.Entry<?, ?> field) {
        string(field.getKey().toString());
        text.append(": ");
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ') {
                throw new IllegalArgumentException("text (" + value + ") must not hold control characters");
            }
            text.append(c == '"' || c == '\\' ? "\\" : "").append(c);
        }
        text.append('"');
    }

    private void newline(int indent) {
        text.append('\n').append(" ".repeat(indent));
    }
}
