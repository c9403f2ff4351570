package io.sluice.sinks.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemAttributesTest {
    @Test
    void everyKindOfValueComesBack() {
        ObjectNode object =
                (ObjectNode)
                        Json.parse(
                                "{\"s\":\"\",\"n\":-1,\"f\":0.5,\"b\":true,\"z\":null,"
                                        + "\"l\":[1,\"a\",{}],\"m\":{\"x\":{\"y\":[]}}}");

        ObjectNode back = ItemAttributes.toJson(ItemAttributes.of(object));

        assertThat(Json.parse(Json.text(back))).isEqualTo(object);
    }

    @Property
    void numbersOf64BitsStayExact(@ForAll long number) {
        ObjectNode object = Json.object().put("n", number);

        assertThat(ItemAttributes.of(object).get("n").n()).isEqualTo(Long.toString(number));
        assertThat(ItemAttributes.toJson(ItemAttributes.of(object)).get("n").longValue())
                .isEqualTo(number);
    }

    @Test
    void numbersInAnotherNotationAreRead() {
        assertThat(
                        ItemAttributes.toJson(java.util.Map.of("n", AttributeValue.fromN("1.2E3")))
                                .get("n")
                                .longValue())
                .isEqualTo(1_200);
    }
}
