package io.sluice.pipeline.alert;

import java.io.Serializable;

/** What a tier is promised. Immutable. */
public final class SloObjective implements Serializable {
    private static final long serialVersionUID = 1;

    /** All of it, in parts per million. */
    public static final int ALL_PPM = 1_000_000;

    private final int availablePpm;
    private final int fastPpm;
    private final long fastMillis;

    /**
     * @param availablePpm so many of a million requests do not fail, less than all
     * @param fastPpm so many of a million answers are fast, less than all
     * @param fastMillis what is fast, 1 or more
     * @throws IllegalArgumentException if one is out of range
     */
    public SloObjective(int availablePpm, int fastPpm, long fastMillis) {
        if (availablePpm < 1 || availablePpm >= ALL_PPM || fastPpm < 1 || fastPpm >= ALL_PPM) {
            throw new IllegalArgumentException(
                    "an objective is more than 0 % and less than 100 %, seen "
                            + availablePpm
                            + " and "
                            + fastPpm
                            + " ppm");
        }
        if (fastMillis < 1) {
            throw new IllegalArgumentException(
                    "a latency objective is at least 1 ms, seen " + fastMillis);
        }
        this.availablePpm = availablePpm;
        this.fastPpm = fastPpm;
        this.fastMillis = fastMillis;
    }

    /** How many of a million requests may fail. */
    public int failuresPpm() {
        return ALL_PPM - availablePpm;
    }

    /** How many of a million answers may be slow. */
    public int slowPpm() {
        return ALL_PPM - fastPpm;
    }

    /** What is fast, milliseconds. */
    public long fastMillis() {
        return fastMillis;
    }
}
