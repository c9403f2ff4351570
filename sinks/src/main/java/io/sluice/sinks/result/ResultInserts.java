package io.sluice.sinks.result;

import io.sluice.contract.Isolation;
import io.sluice.contract.TenantTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;

/**
 * Items as PartiQL inserts. An insert never replaces an item: of one whose key is there already,
 * DynamoDB answers {@code DuplicateItem} and changes nothing
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html, 2026-11-26).
 */
final class ResultInserts {
    private ResultInserts() {}

    /** The insert of an item; its values are parameters, never part of the text. */
    static BatchStatementRequest of(TenantTable tables, Map<String, AttributeValue> item) {
        StringJoiner names = new StringJoiner(",", "{", "}");
        List<AttributeValue> values = new ArrayList<>(item.size());
        item.forEach(
                (name, value) -> {
                    names.add('\'' + name + "':?");
                    values.add(value);
                });
        return BatchStatementRequest.builder()
                .statement("INSERT INTO \"" + tableOf(tables, item) + "\" VALUE " + names)
                .parameters(values)
                .build();
    }

    /** Where the item says that it lies. */
    private static String tableOf(TenantTable tables, Map<String, AttributeValue> item) {
        AttributeValue tenant = Objects.requireNonNull(item.get("tenant_id"), "tenant_id");
        AttributeValue isolation = item.get("isolation");
        return tables.of(
                tenant.s(),
                isolation == null ? Isolation.POOLED : Isolation.ofWireName(isolation.s()));
    }
}
