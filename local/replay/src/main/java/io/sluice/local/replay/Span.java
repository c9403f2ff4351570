package io.sluice.local.replay;

import java.io.Serializable;

/** A span of arrival, epoch milliseconds: from, and before. */
record Span(long fromMillis, long toMillis) implements Serializable {
    boolean has(long atMillis) {
        return atMillis >= fromMillis && atMillis < toMillis;
    }
}
