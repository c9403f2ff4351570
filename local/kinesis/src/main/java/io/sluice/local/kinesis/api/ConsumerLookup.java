package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.ConsumerDescription;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the registered consumer that a request names, by its ARN or by stream and name. */
final class ConsumerLookup {
    private static final Pattern CONSUMER_ARN =
            Pattern.compile("(.+:stream/[^/]+)/consumer/([a-zA-Z0-9_.-]{1,128}):(\\d{1,18})");

    private final StreamLookup streams;

    ConsumerLookup(StreamLookup streams) {
        this.streams = streams;
    }

    /** A consumer and the stream it belongs to. */
    record Found(Stream stream, ConsumerDescription consumer) {}

    Found find(Input in) {
        String arn = in.string("ConsumerARN");
        return arn == null
                ? byName(
                        in.requiredString("StreamARN"),
                        StreamLookup.wellFormed(in.requiredString("ConsumerName"), "consumerName"))
                : byArn(arn);
    }

    Found byArn(String arn) {
        Matcher matcher = CONSUMER_ARN.matcher(arn);
        if (!matcher.matches()) {
            throw ApiException.validation(
                    arn,
                    "consumerARN",
                    "Member must satisfy regular expression pattern:"
                            + " ^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer"
                            + "\\/[a-zA-Z0-9_.-]+:[0-9]+");
        }
        Found found = byName(matcher.group(1), matcher.group(2));
        if (found.consumer.createdMillis() / 1000 != Long.parseLong(matcher.group(3))) {
            throw notFound(arn);
        }
        return found;
    }

    private Found byName(String streamArn, String name) {
        Stream stream = streams.byName(StreamLookup.nameIn(streamArn));
        return stream.description().consumers().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .map(c -> new Found(stream, c))
                .orElseThrow(() -> notFound(streamArn + "/consumer/" + name));
    }

    private static ApiException notFound(String what) {
        return ApiException.resourceNotFound("Consumer " + what + " not found.");
    }
}
