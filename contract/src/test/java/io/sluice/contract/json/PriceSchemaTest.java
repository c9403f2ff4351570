package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of price files says what the reader says. */
class PriceSchemaTest {
    private static JsonNode resource(String name) throws IOException {
        try (InputStream in =
                PriceSchemaTest.class.getResourceAsStream("/io/sluice/contract/" + name)) {
            return Json.parse(Objects.requireNonNull(in, name).readAllBytes());
        }
    }

    private final JsonSchema schema;
    private final JsonNode shipped;

    PriceSchemaTest() throws IOException {
        schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(resource("prices.schema.json"));
        shipped = resource("prices.json");
    }

    @Test
    void schemaIsOne() throws IOException {
        JsonSchema meta =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(resource("prices.schema.json"))).isEmpty();
    }

    @Test
    void shippedFileFollowsIt() {
        assertThat(schema.validate(shipped)).isEmpty();
        PriceBookJson.read(shipped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"input\":3}",
                "{\"input\":\"-3\"}",
                "{\"input\":\"0.0000001\"}",
                "{\"cache_wirte_5m\":\"3\"}",
                "{\"scopes\":[]}",
                "{\"scopes\":[\"mars\"]}",
                "{\"from\":\"soon\"}",
                "{\"batch\":0.5}",
                "{\"service_tiers\":{\"default\":\"1\"}}",
                "{\"long_context\":[{\"input\":\"1\",\"output\":\"1\"}]}"
            })
    void whatTheReaderRefusesItRefusesToo(String change) {
        ObjectNode file = shipped.deepCopy();
        ObjectNode row = (ObjectNode) file.get("prices").get(0);
        row.setAll((ObjectNode) Json.parse(change));
        assertThat(schema.validate(file)).isNotEmpty();
        assertThatThrownBy(() -> PriceBookJson.read(file))
                .isInstanceOf(MalformedJsonException.class);
    }
}
