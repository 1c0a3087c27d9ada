/**
 * JSON from a stranger, read by the letter: {@link org.dropoutspec.json.JsonDocument} is a text that was read, {@link
 * org.dropoutspec.json.JsonNode} a value in it that knows where it stands.
 */
@NullMarked
package org.dropoutspec.json;

import org.jspecify.annotations.NullMarked;
