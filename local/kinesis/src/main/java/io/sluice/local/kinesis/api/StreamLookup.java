package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.Shard;
import io.sluice.local.kinesis.stream.ShardIds;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.stream.Streams;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the stream or shard that a request names, by name or by ARN. */
final class StreamLookup {
    private static final String NAME = "[a-zA-Z0-9_.-]{1,128}";
    private static final Pattern STREAM_NAME = Pattern.compile(NAME);
    private static final Pattern STREAM_ARN =
            Pattern.compile("arn:aws[a-z-]*:kinesis:[^:]*:\\d{12}:stream/(" + NAME + ")");

    private final Streams streams;
    private final Account account;

    StreamLookup(Streams streams, Account account) {
        this.streams = streams;
        this.account = account;
    }

    /** The stream of {@code StreamName} or {@code StreamARN}. */
    Stream stream(Input in) {
        String arn = in.string("StreamARN");
        return byName(arn == null ? streamName(in) : nameIn(arn));
    }

    Stream byName(String name) {
        Stream stream = streams.find(name);
        if (stream == null) {
            throw ApiException.resourceNotFound(
                    "Stream " + name + " under account " + account.id() + " not found.");
        }
        return stream;
    }

    /** The shard of a field that must name one of the stream's. */
    Shard shard(Stream stream, Input in, String field) {
        String id = in.requiredString(field);
        int index = ShardIds.parse(id);
        Shard shard = index < 0 ? null : stream.shard(index);
        if (shard == null) {
            throw ApiException.resourceNotFound(
                    "Shard "
                            + id
                            + " in stream "
                            + stream.description().name()
                            + " under account "
                            + account.id()
                            + " does not exist.");
        }
        return shard;
    }

    /** A well-formed {@code StreamName}. */
    static String streamName(Input in) {
        return wellFormed(in.requiredString("StreamName"), "streamName");
    }

    static String wellFormed(String name, String field) {
        if (!STREAM_NAME.matcher(name).matches()) {
            throw ApiException.validation(
                    name,
                    field,
                    "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+ and have"
                            + " length between 1 and 128");
        }
        return name;
    }

    static String nameIn(String streamArn) {
        Matcher matcher = STREAM_ARN.matcher(streamArn);
        if (!matcher.matches()) {
            throw ApiException.validation(
                    streamArn,
                    "streamARN",
                    "Member must satisfy regular expression pattern:"
                            + " arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");
        }
        return matcher.group(1);
    }

    Account account() {
        return account;
    }

    Streams streams() {
        return streams;
    }
}
