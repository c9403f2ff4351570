package io.sluice.local.command.reshard;

import io.sluice.contract.Names;
import io.sluice.contract.WritePause;
import io.sluice.ingress.aws.Items;
import io.sluice.local.command.FindingException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** All ingress nodes, through the {@link WritePause} in the tenants table. */
final class TableWriters implements Writers {
    private final DynamoDbClient dynamoDb;
    private final InstantSource time;
    private final Consumer<String> warnings;
    private final String owner = UUID.randomUUID().toString();

    /**
     * @param warnings takes what a person should know
     */
    TableWriters(DynamoDbClient dynamoDb, InstantSource time, Consumer<String> warnings) {
        this.dynamoDb = dynamoDb;
        this.time = time;
        this.warnings = warnings;
    }

    @Override
    public void pause(Duration atMost) throws FindingException {
        long nowMillis = time.millis();
        try {
            dynamoDb.putItem(
                    r ->
                            r.tableName(Names.TENANTS_TABLE)
                                    .item(item(nowMillis + atMost.toMillis()))
                                    .conditionExpression(
                                            "attribute_not_exists(tenant_id) OR NOT until_millis"
                                                    + " BETWEEN :now AND :most")
                                    .expressionAttributeValues(
                                            Map.of(
                                                    ":now",
                                                    Items.number(nowMillis),
                                                    ":most", // beyond: of a wrong clock
                                                    Items.number(
                                                            nowMillis + WritePause.MOST_MILLIS)))
                                    .returnValuesOnConditionCheckFailure(
                                            ReturnValuesOnConditionCheckFailure.ALL_OLD));
        } catch (ConditionalCheckFailedException e) {
            if (isOwn(e)) {
                return; // an earlier try of this same put arrived, and its answer was lost
            }
            throw new FindingException(
                    "writes pause already: another reshard runs, or one died less than its pause"
                            + " ago. Run this again in a minute",
                    e);
        }
    }

    @Override
    public void goOn() {
        try {
            dynamoDb.deleteItem(
                    r ->
                            r.tableName(Names.TENANTS_TABLE)
                                    .key(key())
                                    .conditionExpression("#owner = :owner")
                                    .expressionAttributeNames(Map.of("#owner", WritePause.OWNER))
                                    .expressionAttributeValues(
                                            Map.of(":owner", Items.text(owner))));
        } catch (ConditionalCheckFailedException e) {
            // It was over by itself, and somebody else's began.
        } catch (SdkException e) {
            warnings.accept("the pause ends by itself: " + e.getMessage());
        }
    }

    private boolean isOwn(ConditionalCheckFailedException failed) {
        AttributeValue standing = failed.hasItem() ? failed.item().get(WritePause.OWNER) : null;
        return standing != null && owner.equals(standing.s());
    }

    private Map<String, AttributeValue> item(long untilMillis) {
        return Map.of(
                "tenant_id",
                Items.text(WritePause.TENANT_KEY),
                "item",
                Items.text(WritePause.ITEM),
                WritePause.OWNER,
                Items.text(owner),
                WritePause.UNTIL_MILLIS,
                Items.number(untilMillis));
    }

    private static Map<String, AttributeValue> key() {
        return Map.of(
                "tenant_id", Items.text(WritePause.TENANT_KEY),
                "item", Items.text(WritePause.ITEM));
    }
}
