package io.sluice.pipeline.model;

import java.io.Serializable;

/**
 * The time for everything in this package, and its alarm. Decides when a call starts, repeats or is
 * given up; never what a decision says. Thread-safe.
 */
interface InvokerClock extends Serializable {
    /** Now, epoch milliseconds. */
    long millis();

    /** Runs the work once, that much later or a little after, on any thread. */
    void after(long delayMillis, Runnable work);
}
