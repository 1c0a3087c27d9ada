package org.dropoutspec.wire;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** The schemas of {@code spec/schemas}, as they travel in the jar. */
final class Schemas {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Schemas() {}

    /** What is wrong with {@code json}; nothing when it is valid. */
    static List<Error> validate(String schema, String json) {
        return REGISTRY.getSchema(SchemaLocation.of("classpath:org/dropoutspec/spec/schemas/" + schema + ".json"))
                .validate(json, InputFormat.JSON);
    }
}
