package io.sluice.sinks.story;

import java.io.IOException;

/** A search took longer than it may. */
public final class SearchStoppedException extends IOException {
    private static final long serialVersionUID = 1;

    SearchStoppedException(long recordsRead) {
        super("stopped after " + recordsRead + " records were looked into");
    }
}
