package io.sluice.pipeline.replay;

/**
 * Request ids of simulated requests in the product's form: {@code req_}, a ULID of the request's
 * time and its line's number, and a check that is all zeros, so that none is ever valid. They are
 * unique within a trace and the same in every run, and those of a tenant rise, by which the engine
 * knows them as new without a look.
 */
final class SyntheticIds {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final String PREFIX = "req_";
    private static final String CHECK = "0000000000";
    private static final int ULID_LENGTH = 26;

    private SyntheticIds() {}

    /** The id of the request on that line; {@code atMillis} has at most 48 bits. */
    static String of(long atMillis, long lineNumber) {
        char[] ulid = new char[ULID_LENGTH];
        long high = atMillis << 16;
        long low = lineNumber;
        for (int i = ULID_LENGTH - 1; i >= 0; i--) {
            ulid[i] = DIGITS.charAt((int) low & 31);
            low = low >>> 5 | high << 59;
            high >>>= 5;
        }
        return PREFIX + new String(ulid) + CHECK;
    }
}
