package io.sluice.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.DeadLetterItemJson;
import io.sluice.contract.json.EventJson;
import io.sluice.ingress.aws.Items;
import java.util.Base64;
import java.util.List;

/** Dead letters as the job makes and stores them. */
final class Letters {
    private Letters() {}

    /** Of a request that was tried in vain. */
    static DeadLetter of(RequestEvent event, long diedAtMillis) {
        return ofRequest(event.tenantId(), event.eventId(), diedAtMillis, "exhausted").toBuilder()
                .raw(Base64.getEncoder().encodeToString(EventJson.write(event)))
                .build();
    }

    /** Of a request whose record does not matter. */
    static DeadLetter ofRequest(
            String tenantId, String requestId, long diedAtMillis, String reason) {
        return DeadLetter.builder()
                .reason(DeadLetterReason.ofWireName(reason).wireName())
                .detail("model-error")
                .partitionKey(tenantId)
                .requestId(requestId)
                .attempts(3)
                .lastError("unavailable 503 ServiceUnavailableException")
                .arrivedAtMillis(diedAtMillis - 4_000)
                .diedAtMillis(diedAtMillis)
                .raw("AA==")
                .build();
    }

    /** Stores it with its record; its name. */
    static String store(LocalAws aws, DeadLetter letter) {
        DeadLetterItem item = DeadLetterItem.of(letter);
        List<String> parts = DeadLetterItem.partsOf(letter.raw());
        for (int i = 0; i < parts.size(); i++) {
            put(aws, DeadLetterItemJson.writePart(item, i, parts.get(i)));
        }
        put(aws, DeadLetterItemJson.write(item));
        return letter.id();
    }

    /** Stores one item as it is. */
    static void put(LocalAws aws, ObjectNode node) {
        aws.dynamoDbClient()
                .putItem(b -> b.tableName(Names.DEAD_LETTERS_TABLE).item(Items.attributes(node)))
                .join();
    }
}
