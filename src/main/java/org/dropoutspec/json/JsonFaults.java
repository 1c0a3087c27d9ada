package org.dropoutspec.json;

import java.util.List;

/** How a reader of JSON reports what is wrong with a value; each method gives the exception to throw. */
public interface JsonFaults {
    /** A required field is missing. */
    RuntimeException missing(JsonNode object, String key);

    /** A field is unknown. It may be a misspelt one, which must not be ignored in silence. */
    RuntimeException unknown(JsonNode object, String key, List<String> known);

    /** A value is not as expected; {@code expected} is in words: {@code an integer from 0 to 9}. */
    RuntimeException wrong(JsonNode node, String expected);

    /** A key occurs twice in one object. */
    RuntimeException repeated(JsonNode node, JsonDocument.Repeated key);

    /** Whether an integer may also be written as 7.0 or 7e0, since some languages have only floating numbers. */
    default boolean takesIntegersInAnyForm() {
        return false;
    }
}
