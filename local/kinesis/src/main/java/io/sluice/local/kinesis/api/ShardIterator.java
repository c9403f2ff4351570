package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.wire.ApiException;
import java.util.Locale;

/**
 * A reader's place in a shard.
 *
 * @param streamId of the stream, not of a later one with the same name
 * @param shardIndex of the shard
 * @param ordinal of the next record
 * @param issuedMillis when it was handed out; it works for five minutes
 */
record ShardIterator(long streamId, int shardIndex, long ordinal, long issuedMillis) {
    private static final long LIFETIME_MILLIS = 5 * 60 * 1000L;

    String encode() {
        return Tokens.encode(Tokens.SHARD_ITERATOR, streamId, shardIndex, ordinal, issuedMillis);
    }

    static ShardIterator decode(String token, long nowMillis) {
        long[] values = Tokens.decode(token, Tokens.SHARD_ITERATOR, 4);
        if (values.length == 0) {
            throw ApiException.invalidArgument("Invalid ShardIterator.");
        }
        ShardIterator iterator =
                new ShardIterator(values[0], (int) values[1], values[2], values[3]);
        long ageMillis = nowMillis - iterator.issuedMillis;
        if (ageMillis > LIFETIME_MILLIS) {
            throw ApiException.expiredIterator(
                    String.format(
                            Locale.ROOT,
                            "Iterator expired. The iterator was created %d ms ago; iterators live"
                                    + " %d ms. Get a new one.",
                            ageMillis,
                            LIFETIME_MILLIS));
        }
        return iterator;
    }
}
