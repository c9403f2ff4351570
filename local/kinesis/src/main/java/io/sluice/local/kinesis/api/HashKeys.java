package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.HashKeyRange;
import io.sluice.local.kinesis.wire.ApiException;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Hash keys as requests write them. */
final class HashKeys {
    private static final Pattern SHAPE = Pattern.compile("0|([1-9]\\d{0,38})");

    private HashKeys() {}

    static BigInteger parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw ApiException.validation(
                    text,
                    "hashKey",
                    "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})");
        }
        BigInteger key = new BigInteger(text);
        if (key.compareTo(HashKeyRange.KEYS) >= 0) {
            throw ApiException.invalidArgument(
                    "Invalid hash key; it must be in the range [0, 2^128-1]: " + text);
        }
        return key;
    }
}
