package io.sluice.local.command.reshard;

import io.sluice.local.command.FindingException;
import java.time.Duration;

/** Whoever appends requests and commands to the stream. */
interface Writers {
    /**
     * Wishes that they pause.
     *
     * @param atMost how long they do when nobody lets them go on
     * @throws FindingException when somebody else's pause is in force
     */
    void pause(Duration atMost) throws FindingException;

    /** Lets them go on. */
    void goOn();
}
