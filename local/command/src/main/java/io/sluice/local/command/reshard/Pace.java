package io.sluice.local.command.reshard;

import java.time.Duration;

/** Time as a procedure sees it. */
interface Pace {
    /** Milliseconds of a clock without a zero point. */
    long millis();

    /** Lets time pass. */
    void rest(Duration duration) throws InterruptedException;
}
