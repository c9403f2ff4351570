package io.sluice.sinks.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Retention;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.sinks.dynamodb.ItemAttributes;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriteRequest;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriteRequestType;

/** A result item as its attributes, which is also how it lies in a checkpoint. */
final class ResultItemConverter implements ElementConverter<ResultItem, DynamoDbWriteRequest> {
    private static final long serialVersionUID = 1L;

    private final Retention retention;

    ResultItemConverter(Retention retention) {
        this.retention = retention;
    }

    /** The row of an item. */
    static ObjectNode row(ResultItem item, Retention retention) {
        return ResultItemJson.write(item)
                .put("expires_at", retention.resultExpiresAtSeconds(item.expiresAtSeconds()));
    }

    @Override
    public DynamoDbWriteRequest apply(ResultItem item, SinkWriter.Context context) {
        return DynamoDbWriteRequest.builder()
                .setType(DynamoDbWriteRequestType.PUT)
                .setItem(ItemAttributes.of(row(item, retention)))
                .build();
    }
}
