package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.ShardDescription;
import io.sluice.local.kinesis.stream.ShardIds;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import io.sluice.local.kinesis.wire.Output;
import java.util.List;

/** ListShards. */
final class ListShardsOperation implements Operation {
    private static final int MAX_RESULTS = 1000;
    private static final long TOKEN_LIFETIME_MILLIS = 300_000;

    private final StreamLookup lookup;

    ListShardsOperation(StreamLookup lookup) {
        this.lookup = lookup;
    }

    /** Where a listing stands: its stream, the last shard already listed, its filter. */
    private record Page(Stream stream, long afterIndex, ShardFilter filter) {}

    @Override
    public void run(Input in, Output out) {
        Page page = page(in);
        List<ShardDescription> rest =
                page.stream.description().shards().stream()
                        .filter(s -> s.index() > page.afterIndex)
                        .filter(s -> page.filter.accepts(page.stream, s))
                        .toList();
        int limit = in.integer("MaxResults", MAX_RESULTS, 1, 10_000);
        List<ShardDescription> listed = rest.subList(0, Math.min(limit, rest.size()));
        out.objects("Shards", listed, ShardShapes::write);
        if (listed.size() < rest.size()) {
            out.string("NextToken", token(page, listed.get(listed.size() - 1).index()));
        }
    }

    private Page page(Input in) {
        String token = in.string("NextToken");
        if (token == null) {
            String after = in.string("ExclusiveStartShardId");
            return new Page(
                    lookup.stream(in),
                    after == null ? -1 : ShardIds.parse(after),
                    ShardFilter.of(in.object("ShardFilter")));
        }
        if (in.string("StreamName") != null || in.string("ExclusiveStartShardId") != null) {
            throw ApiException.invalidArgument(
                    "NextToken and StreamName or ExclusiveStartShardId cannot be provided"
                            + " together.");
        }
        return resume(token);
    }

    private Page resume(String token) {
        long[] values = Tokens.decode(token, Tokens.SHARD_PAGE, 5);
        if (values.length == 0) {
            throw ApiException.invalidArgument("Invalid NextToken.");
        }
        Stream stream = lookup.streams().find(values[0]);
        if (stream == null || nowMillis() - values[2] > TOKEN_LIFETIME_MILLIS) {
            throw ApiException.expiredNextToken();
        }
        return new Page(stream, values[1], ShardFilter.ofToken(values[3], values[4]));
    }

    private String token(Page page, int lastIndex) {
        return Tokens.encode(
                Tokens.SHARD_PAGE,
                page.stream.description().id(),
                lastIndex,
                nowMillis(),
                page.filter.typeCode(),
                page.filter.argument());
    }

    private long nowMillis() {
        return lookup.streams().environment().clock().millis();
    }
}
