package io.sluice.sinks.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    static BatchStatementRequest of(String table, Map<String, AttributeValue> item) {
        StringJoiner names = new StringJoiner(",", "{", "}");
        List<AttributeValue> values = new ArrayList<>(item.size());
        item.forEach(
                (name, value) -> {
                    names.add('\'' + name + "':?");
                    values.add(value);
                });
        return BatchStatementRequest.builder()
                .statement("INSERT INTO \"" + table + "\" VALUE " + names)
                .parameters(values)
                .build();
    }
}
