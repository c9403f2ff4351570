package io.sluice.ingress.stream;

/** How long the events stream keeps its records: what is on it can still be decided. */
public interface StreamRetention {
    /**
     * The retention, milliseconds; the longest that there can be while it is not known, because
     * what is called gone too late does less harm than what is called gone too early. Never blocks.
     */
    long millis();
}
