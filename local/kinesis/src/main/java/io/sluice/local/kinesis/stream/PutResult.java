package io.sluice.local.kinesis.stream;

import io.sluice.local.kinesis.wire.ApiException;

/** The fate of one record: stored, or refused with an error. */
public sealed interface PutResult {
    /**
     * Stored.
     *
     * @param shardId where
     * @param sequenceNumber as what
     */
    record Stored(String shardId, String sequenceNumber) implements PutResult {}

    /**
     * Not stored.
     *
     * @param error why
     */
    record Failed(ApiException error) implements PutResult {}
}
