package io.sluice.local.command.reshard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.WritePause;
import io.sluice.local.command.FindingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

class TableWritersTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final OneItem table = new OneItem();

    /** As the SDK does: the put went through, its answer was lost, and it was tried again. */
    @Test
    void pauseWhoseAnswerWasLostIsOwn() throws FindingException {
        table.losesTheNextAnswer = true;
        writers().pause(MINUTE);
        assertThat(table.puts).isEqualTo(2);
    }

    @Test
    void pauseOfSomebodyElseIsAFinding() throws FindingException {
        writers().pause(MINUTE);
        assertThatThrownBy(() -> writers().pause(MINUTE))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("writes pause already");
    }

    private TableWriters writers() {
        return new TableWriters(
                table,
                InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z")),
                warning -> {
                    throw new AssertionError(warning);
                });
    }

    /** Takes a put where nothing is, as the condition says while a pause is in force. */
    private static final class OneItem implements DynamoDbClient {
        private Map<String, AttributeValue> item = Map.of();
        private boolean losesTheNextAnswer;
        private int puts;

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            puts++;
            if (item.isEmpty()) {
                item = request.item();
                if (losesTheNextAnswer) {
                    losesTheNextAnswer = false;
                    return putItem(request);
                }
                return PutItemResponse.builder().build();
            }
            assertThat(item).containsKey(WritePause.OWNER);
            boolean told =
                    request.returnValuesOnConditionCheckFailure()
                            == ReturnValuesOnConditionCheckFailure.ALL_OLD;
            throw ConditionalCheckFailedException.builder()
                    .message("The conditional request failed")
                    .item(told ? item : null)
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
