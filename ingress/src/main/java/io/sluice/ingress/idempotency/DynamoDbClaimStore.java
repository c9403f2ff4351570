package io.sluice.ingress.idempotency;

import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Claims in the idempotency table: hash key {@code tenant_id}, range key {@code key_hash}. One
 * conditional put is all; if it fails, it brings the claim that stands.
 */
@Singleton
final class DynamoDbClaimStore implements ClaimStore {
    private final DynamoDbAsyncClient client;
    private final String table;

    DynamoDbClaimStore(DynamoDbAsyncClient client, TableNames tables) {
        this.client = client;
        this.table = tables.idempotency();
    }

    @Override
    public CompletableFuture<Claim> claim(Claim wanted, long nowMillis) {
        return client.putItem(
                        b ->
                                b.tableName(table)
                                        .item(attributes(wanted))
                                        .conditionExpression(
                                                "attribute_not_exists(tenant_id)"
                                                        + " OR expires_at <= :now")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":now",
                                                        Items.number(
                                                                Math.floorDiv(nowMillis, 1_000))))
                                        .returnValuesOnConditionCheckFailure(
                                                ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .thenApply(done -> wanted)
                .exceptionally(DynamoDbClaimStore::standing);
    }

    @Override
    public CompletableFuture<Optional<Claim>> find(
            String tenantId, String keyHash, long nowMillis) {
        Map<String, AttributeValue> key =
                Map.of("tenant_id", Items.text(tenantId), "key_hash", Items.text(keyHash));
        return client.getItem(b -> b.tableName(table).consistentRead(true).key(key))
                .thenApply(
                        answer ->
                                Optional.of(answer.item())
                                        .filter(item -> !item.isEmpty())
                                        .map(DynamoDbClaimStore::claim)
                                        .filter(claim -> claim.isInUse(nowMillis)));
    }

    private static Claim standing(Throwable thrown) {
        if (thrown.getCause() instanceof ConditionalCheckFailedException failed) {
            return claim(failed.item());
        }
        throw thrown instanceof CompletionException e ? e : new CompletionException(thrown);
    }

    private static Map<String, AttributeValue> attributes(Claim claim) {
        return Map.of(
                "tenant_id", Items.text(claim.tenantId()),
                "key_hash", Items.text(claim.keyHash()),
                "request_id", Items.text(claim.subjectId()),
                "received_at", Items.number(claim.receivedAtMillis()),
                "fingerprint", Items.text(claim.fingerprint()),
                "expires_at", Items.number(claim.expiresAtSeconds()));
    }

    private static Claim claim(Map<String, AttributeValue> item) {
        return new Claim(
                text(item, "tenant_id"),
                text(item, "key_hash"),
                text(item, "request_id"),
                Long.parseLong(Objects.requireNonNull(item.get("received_at")).n()),
                text(item, "fingerprint"));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name).s();
    }
}
