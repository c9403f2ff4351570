package io.sluice.sinks.result;

import io.sluice.contract.ResultItem;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.sinks.dynamodb.ItemAttributes;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriteRequest;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriteRequestType;

/** A result item as its attributes, which is also how it lies in a checkpoint. */
final class ResultItemConverter implements ElementConverter<ResultItem, DynamoDbWriteRequest> {
    private static final long serialVersionUID = 1L;

    @Override
    public DynamoDbWriteRequest apply(ResultItem item, SinkWriter.Context context) {
        return DynamoDbWriteRequest.builder()
                .setType(DynamoDbWriteRequestType.PUT)
                .setItem(ItemAttributes.of(ResultItemJson.write(item)))
                .build();
    }
}
