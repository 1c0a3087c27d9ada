/**
 * JSON from a stranger, read strictly: {@link org.dropoutspec.json.JsonDocument} is a text that was read, {@link
 * org.dropoutspec.json.JsonNode} a value in it that knows its path.
 */
@NullMarked
package org.dropoutspec.json;

import org.jspecify.annotations.NullMarked;
