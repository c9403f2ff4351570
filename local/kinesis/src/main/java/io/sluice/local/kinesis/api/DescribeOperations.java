package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.ShardDescription;
import io.sluice.local.kinesis.stream.ShardIds;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.stream.StreamDescription;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import io.sluice.local.kinesis.wire.Output;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** DescribeStream, DescribeStreamSummary, ListStreams and DescribeLimits. */
final class DescribeOperations {
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 10_000;

    private final StreamLookup lookup;
    private final Quotas quotas;

    DescribeOperations(StreamLookup lookup, Quotas quotas) {
        this.lookup = lookup;
        this.quotas = quotas;
    }

    void register(Map<String, Operation> operations) {
        operations.put("DescribeStream", this::describe);
        operations.put("DescribeStreamSummary", this::summarize);
        operations.put("ListStreams", this::list);
        operations.put("DescribeLimits", (in, out) -> limits(out));
    }

    private void describe(Input in, Output out) {
        StreamDescription stream = lookup.stream(in).description();
        String after = in.string("ExclusiveStartShardId");
        int afterIndex = after == null ? -1 : ShardIds.parse(after);
        List<ShardDescription> rest =
                stream.shards().stream().filter(s -> s.index() > afterIndex).toList();
        int limit = in.integer("Limit", DEFAULT_PAGE, 1, MAX_PAGE);
        List<ShardDescription> page = rest.subList(0, Math.min(limit, rest.size()));
        out.object(
                "StreamDescription",
                o -> {
                    writeCommon(o, stream);
                    o.objects("Shards", page, ShardShapes::write);
                    o.flag("HasMoreShards", page.size() < rest.size());
                });
    }

    private void summarize(Input in, Output out) {
        StreamDescription stream = lookup.stream(in).description();
        long open = stream.shards().stream().filter(ShardDescription::isOpen).count();
        out.object(
                "StreamDescriptionSummary",
                o -> {
                    writeCommon(o, stream);
                    o.number("OpenShardCount", open);
                    o.number("ConsumerCount", stream.consumers().size());
                    o.number("MaxRecordSizeInKiB", stream.maxRecordKib());
                });
    }

    private void writeCommon(Output out, StreamDescription stream) {
        writeIdentity(out, stream);
        out.number("RetentionPeriodHours", stream.retentionHours());
        out.objects(
                "EnhancedMonitoring",
                List.of(List.<String>of()),
                (o, metrics) -> o.strings("ShardLevelMetrics", metrics));
        out.string("EncryptionType", "NONE");
    }

    private void writeIdentity(Output out, StreamDescription stream) {
        out.string("StreamName", stream.name());
        out.string("StreamARN", lookup.account().streamArn(stream.name()));
        out.string("StreamStatus", "ACTIVE");
        out.object(
                "StreamModeDetails",
                o -> o.string("StreamMode", stream.onDemand() ? "ON_DEMAND" : "PROVISIONED"));
        out.timestamp("StreamCreationTimestamp", stream.createdMillis());
    }

    private void list(Input in, Output out) {
        String token = in.string("NextToken");
        String after = token == null ? in.string("ExclusiveStartStreamName") : decode(token);
        List<StreamDescription> rest =
                lookup.streams().all().stream()
                        .map(Stream::description)
                        .filter(s -> isAfter(s.name(), after))
                        .toList();
        int limit = in.integer("Limit", DEFAULT_PAGE, 1, MAX_PAGE);
        List<StreamDescription> page = rest.subList(0, Math.min(limit, rest.size()));
        boolean more = page.size() < rest.size();
        out.strings("StreamNames", page.stream().map(StreamDescription::name).toList());
        out.flag("HasMoreStreams", more);
        out.objects("StreamSummaries", page, this::writeIdentity);
        if (more) {
            out.string("NextToken", encode(page.get(page.size() - 1).name()));
        }
    }

    private static boolean isAfter(String name, @Nullable String after) {
        return after == null || name.compareTo(after) > 0;
    }

    private static String encode(String name) {
        return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidArgument("Invalid NextToken.");
        }
    }

    private void limits(Output out) {
        out.number("ShardLimit", quotas.shardLimit());
        out.number("OpenShardCount", lookup.streams().openShards());
        out.number("OnDemandStreamCount", quotas.onDemandStreams());
        out.number("OnDemandStreamCountLimit", Quotas.MAX_ON_DEMAND_STREAMS);
    }
}
