package io.sluice.pipeline.model.schedule;

import io.sluice.contract.Priority;
import java.util.Locale;

/** A part of the calls at once, and of the room to wait, that some priorities have alone. */
public enum Lane {
    /** What somebody waits for: high and normal. */
    INTERACTIVE,
    /** Bulk work: low. */
    BULK;

    /** The lane of a priority. */
    static Lane of(Priority priority) {
        return priority == Priority.LOW ? BULK : INTERACTIVE;
    }

    /** The name in settings and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
