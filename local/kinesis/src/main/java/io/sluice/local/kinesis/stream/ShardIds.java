package io.sluice.local.kinesis.stream;

import io.sluice.local.kinesis.wire.ApiException;
import java.util.regex.Pattern;

/** The names of shards: {@code shardId-} and the number in twelve digits. */
public final class ShardIds {
    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
    private static final Pattern OURS = Pattern.compile("shardId-(\\d{12})");

    private ShardIds() {}

    public static String format(int index) {
        String digits = Integer.toString(index);
        return "shardId-" + "0".repeat(12 - digits.length()) + digits;
    }

    /**
     * The number in an id, or -1 if no shard of ours can have this id.
     *
     * @throws ApiException {@code ValidationException} if the service would refuse its characters
     */
    public static int parse(String id) {
        if (!SHAPE.matcher(id).matches()) {
            throw ApiException.validation(
                    id,
                    "shardId",
                    "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+ and have"
                            + " length between 1 and 128");
        }
        var matcher = OURS.matcher(id);
        if (!matcher.matches()) {
            return -1;
        }
        long number = Long.parseLong(matcher.group(1));
        return number > Integer.MAX_VALUE ? -1 : (int) number;
    }
}
