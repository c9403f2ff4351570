package io.sluice.pipeline.enforce;

/**
 * The time that one request is judged at. It is the ingress's time if that differs from the
 * stream's arrival time by at most {@value #TOLERANCE_MILLIS} ms, else the arrival time; and it
 * never goes back within a tenant.
 */
final class DecisionTime {
    /** How far the ingress clock may be from the stream's. */
    static final long TOLERANCE_MILLIS = 5_000;

    private final long millis;
    private final boolean adjusted;

    private DecisionTime(long millis, boolean adjusted) {
        this.millis = millis;
        this.adjusted = adjusted;
    }

    static DecisionTime of(long receivedAtMillis, long arrivalMillis, long clockMillis) {
        // Without subtraction: received times can be any number a broken clock wrote.
        boolean adjusted =
                receivedAtMillis < arrivalMillis - TOLERANCE_MILLIS
                        || receivedAtMillis > arrivalMillis + TOLERANCE_MILLIS;
        return new DecisionTime(
                Math.max(clockMillis, adjusted ? arrivalMillis : receivedAtMillis), adjusted);
    }

    /** Decision time, epoch milliseconds. */
    long millis() {
        return millis;
    }

    /** Whether the ingress's time was not used. */
    boolean adjusted() {
        return adjusted;
    }
}
