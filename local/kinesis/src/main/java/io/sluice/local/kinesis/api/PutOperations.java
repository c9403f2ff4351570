package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.storage.NewRecord;
import io.sluice.local.kinesis.stream.HashKeyRange;
import io.sluice.local.kinesis.stream.PutRequest;
import io.sluice.local.kinesis.stream.PutResult;
import io.sluice.local.kinesis.stream.SequenceNumbers;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import io.sluice.local.kinesis.wire.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PutRecord and PutRecords. */
final class PutOperations {
    private static final int MAX_RECORDS = 500;
    private static final long MAX_REQUEST_BYTES = 10L * 1024 * 1024;
    private static final int MAX_KEY_CHARS = 256;

    private final StreamLookup lookup;

    PutOperations(StreamLookup lookup) {
        this.lookup = lookup;
    }

    void register(Map<String, Operation> operations) {
        operations.put("PutRecord", this::putRecord);
        operations.put("PutRecords", this::putRecords);
    }

    private void putRecord(Input in, Output out) {
        Stream stream = lookup.stream(in);
        String ordering = in.string("SequenceNumberForOrdering");
        if (ordering != null && !SequenceNumbers.SHAPE.matcher(ordering).matches()) {
            throw ApiException.validation(
                    ordering,
                    "sequenceNumberForOrdering",
                    "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})");
        }
        PutResult result = stream.put(List.of(request(in, stream))).get(0);
        if (result instanceof PutResult.Failed failed) {
            throw failed.error();
        }
        write(out, result);
    }

    private void putRecords(Input in, Output out) {
        Stream stream = lookup.stream(in);
        List<Input> records = in.requiredObjects("Records");
        if (records.isEmpty() || records.size() > MAX_RECORDS) {
            throw ApiException.validation(
                    "[" + records.size() + " records]",
                    "records",
                    "Member must have length between 1 and " + MAX_RECORDS);
        }
        List<PutRequest> requests = new ArrayList<>(records.size());
        long bytes = 0;
        for (Input record : records) {
            PutRequest request = request(record, stream);
            bytes += request.bytes();
            requests.add(request);
        }
        if (bytes > MAX_REQUEST_BYTES) {
            throw ApiException.invalidArgument("Records size exceeds 10 MB limit");
        }
        List<PutResult> results = stream.put(requests);
        out.number(
                "FailedRecordCount",
                results.stream().filter(PutResult.Failed.class::isInstance).count());
        out.objects("Records", results, PutOperations::write);
    }

    private static PutRequest request(Input in, Stream stream) {
        byte[] data = in.requiredBytes("Data");
        String key = in.requiredString("PartitionKey");
        if (key.isEmpty() || key.length() > MAX_KEY_CHARS) {
            throw ApiException.validation(
                    key, "partitionKey", "Member must have length between 1 and " + MAX_KEY_CHARS);
        }
        int maxBytes = stream.description().maxRecordKib() * 1024;
        if (data.length + key.length() > maxBytes) {
            throw ApiException.validation(
                    "[" + data.length + " bytes]",
                    "data",
                    "Member must have length less than or equal to "
                            + maxBytes
                            + ", partition key included");
        }
        String explicit = in.string("ExplicitHashKey");
        return new PutRequest(
                new NewRecord(key, data),
                explicit == null ? HashKeyRange.hash(key) : HashKeys.parse(explicit));
    }

    private static void write(Output out, PutResult result) {
        if (result instanceof PutResult.Stored stored) {
            out.string("ShardId", stored.shardId());
            out.string("SequenceNumber", stored.sequenceNumber());
        } else if (result instanceof PutResult.Failed failed) {
            out.string("ErrorCode", failed.error().type());
            out.string("ErrorMessage", failed.error().text());
        }
    }
}
