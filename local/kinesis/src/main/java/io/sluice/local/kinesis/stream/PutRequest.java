package io.sluice.local.kinesis.stream;

import io.sluice.local.kinesis.storage.NewRecord;
import java.math.BigInteger;

/**
 * A record to be put.
 *
 * @param record key and data, sizes already checked
 * @param hashKey where it goes: the explicit hash key, or the hash of its partition key
 */
public record PutRequest(NewRecord record, BigInteger hashKey) {
    /** What the limits count: data and key. */
    public int bytes() {
        return record.data().length + record.partitionKey().length();
    }
}
