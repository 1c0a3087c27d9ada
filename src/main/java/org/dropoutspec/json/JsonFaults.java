package org.dropoutspec.json;

import java.util.List;

/** How whoever reads JSON tells what is wrong with a value of it: each gives the exception to throw. */
public interface JsonFaults {
    /** A field that has to be there is not. */
    RuntimeException missing(JsonNode object, String key);

    /** A field that nobody knows is there: misspelt, it must not be lost in silence. */
    RuntimeException unknown(JsonNode object, String key, List<String> known);

    /** A value is not what it must be: {@code an integer from 0 to 9}. */
    RuntimeException wrong(JsonNode node, String expected);

    /** A key stands twice in one object. */
    RuntimeException repeated(JsonNode node, JsonDocument.Repeated key);

    /** Whether an integer may be written as 7.0 or 7e0 too: some languages have no other number. */
    default boolean takesIntegersInAnyForm() {
        return false;
    }
}
