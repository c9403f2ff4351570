package io.sluice.pipeline.enforce;

/** Request ids as the ingress issues them. */
public final class RequestIds {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private RequestIds() {}

    /** {@code req_}, a ULID of that time and number, and a check. */
    public static String of(long timeMillis, long number) {
        StringBuilder id = new StringBuilder("req_");
        digits(id, timeMillis, 10);
        digits(id, number * 0x9E37_79B9L, 8);
        digits(id, number, 8);
        return id.append("CHECK").toString();
    }

    private static void digits(StringBuilder id, long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            id.append(ALPHABET.charAt((int) (value >>> (5 * i)) & 31));
        }
    }
}
