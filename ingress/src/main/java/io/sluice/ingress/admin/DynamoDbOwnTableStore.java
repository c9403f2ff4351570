package io.sluice.ingress.admin;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.Isolation;
import io.sluice.contract.TableShape;
import io.sluice.contract.TenantTable;
import io.sluice.ingress.aws.TableNames;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** A tenant's own tables in DynamoDB, as {@link TableShape} describes them. */
@Singleton
final class DynamoDbOwnTableStore implements OwnTables {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbOwnTableStore.class);

    private final DynamoDbAsyncClient client;
    private final Map<TableShape, TenantTable> kinds = new EnumMap<>(TableShape.class);

    DynamoDbOwnTableStore(DynamoDbAsyncClient client, TableNames names) {
        this.client = client;
        kinds.put(TableShape.REQUESTS, TenantTable.of(names.requests()));
        kinds.put(TableShape.ATTEMPTS, TenantTable.of(names.attempts()));
        kinds.put(TableShape.USAGE, TenantTable.of(names.usage()));
        kinds.put(TableShape.SESSIONS, TenantTable.of(names.sessions()));
        kinds.put(TableShape.RERATED, TableShape.RERATED.tables());
        if (!kinds.keySet().containsAll(TableShape.perTenant())) {
            throw new IllegalStateException("a kind of table has no name: " + kinds);
        }
    }

    @Override
    public CompletableFuture<Void> ensure(String tenantId, Isolation isolation) {
        if (!isolation.ownTables()) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.allOf(
                kinds.entrySet().stream()
                        .map(kind -> ensure(kind.getValue().own(tenantId), kind.getKey()))
                        .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> ensure(String name, TableShape shape) {
        return isActive(name, shape)
                .exceptionallyCompose(failure -> create(name, shape, failure))
                .thenCompose(active -> active ? done() : awaitActive(name))
                .thenCompose(active -> expire(name, shape))
                .exceptionally(
                        failure -> {
                            throw refused(name, failure);
                        });
    }

    private CompletableFuture<Boolean> isActive(String name, TableShape shape) {
        return client.describeTable(b -> b.tableName(name))
                .thenApply(
                        found -> {
                            if (!found.table().keySchema().equals(keys(shape))) {
                                throw new IllegalStateException(
                                        "there is a table of that name with other keys");
                            }
                            return found.table().tableStatus() == TableStatus.ACTIVE;
                        });
    }

    private CompletableFuture<Boolean> create(String name, TableShape shape, Throwable failure) {
        if (!(cause(failure) instanceof ResourceNotFoundException)) {
            return CompletableFuture.failedFuture(failure);
        }
        return client.createTable(
                        b ->
                                b.tableName(name)
                                        .billingMode(BillingMode.PAY_PER_REQUEST)
                                        .attributeDefinitions(
                                                text(shape.hashKey()), text(shape.rangeKey()))
                                        .keySchema(keys(shape)))
                .thenApply(
                        made -> {
                            LOG.info("made table {}", name);
                            return made.tableDescription().tableStatus() == TableStatus.ACTIVE;
                        })
                .exceptionally(
                        refusal -> {
                            if (cause(refusal) instanceof ResourceInUseException) {
                                return false; // another node is making it
                            }
                            throw refusal instanceof CompletionException e
                                    ? e
                                    : new CompletionException(refusal);
                        });
    }

    private CompletableFuture<Void> awaitActive(String name) {
        var waiter = client.waiter();
        return waiter.waitUntilTableExists(b -> b.tableName(name))
                .whenComplete((found, failure) -> waiter.close())
                .thenAccept(found -> {});
    }

    private CompletableFuture<Void> expire(String name, TableShape shape) {
        String attribute = shape.expiresBy();
        if (attribute == null) {
            return done();
        }
        return client.describeTimeToLive(b -> b.tableName(name))
                .thenCompose(
                        now ->
                                now.timeToLiveDescription().timeToLiveStatus()
                                                == TimeToLiveStatus.DISABLED
                                        ? client.updateTimeToLive(
                                                        b ->
                                                                b.tableName(name)
                                                                        .timeToLiveSpecification(
                                                                                t ->
                                                                                        t.enabled(
                                                                                                        true)
                                                                                                .attributeName(
                                                                                                        attribute)))
                                                .thenAccept(set -> {})
                                        : done());
    }

    private static ProblemException refused(String name, Throwable failure) {
        Throwable cause = cause(failure);
        LOG.error("table {} cannot be made", name, cause);
        String why =
                cause instanceof DynamoDbException e && e.awsErrorDetails() != null
                        ? e.awsErrorDetails().errorCode()
                        : cause instanceof IllegalStateException
                                ? cause.getMessage()
                                : cause.getClass().getSimpleName();
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "Table "
                                + name
                                + " cannot be made ("
                                + why
                                + "), so the tenant was not changed. Correct the cause, such as a"
                                + " missing permission or a limit of tables, and repeat the"
                                + " request.")
                .asException();
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static List<KeySchemaElement> keys(TableShape shape) {
        return List.of(key(shape.hashKey(), KeyType.HASH), key(shape.rangeKey(), KeyType.RANGE));
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
