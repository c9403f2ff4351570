package io.sluice.benchmarks.engine;

/** Request ids in the product's form, from a time and a number, cheap to make. */
final class Ids {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final String CHECK = "0123456789";

    private Ids() {}

    /** The id that was issued as the {@code number}th at that time. */
    static String of(long atMillis, long number) {
        char[] ulid = new char[26];
        long time = atMillis;
        for (int i = 9; i >= 0; i--) {
            ulid[i] = DIGITS[(int) (time & 31)];
            time >>>= 5;
        }
        long random = number * 0x9E3779B97F4A7C15L;
        for (int i = 25; i >= 10; i--) {
            ulid[i] = DIGITS[(int) (random & 31)];
            random = random >>> 4 ^ number;
        }
        return "req_" + new String(ulid) + CHECK;
    }
}
