package io.sluice.ingress.letter;

import io.sluice.contract.DeadLetterItem;
import io.sluice.ingress.stream.AppendAgain;
import java.time.Duration;

/** What redriving a letter has to do, by what was done about it before. Pure. */
enum RedriveStep {
    /** Nobody began: send it in. */
    BEGIN,

    /** One began just now and may have ended half-way: append once more, under its id. */
    REPEAT,

    /**
     * One began so long ago that the engine would not know its id again, and what it may have
     * appended can still be read: appending now could run it twice.
     */
    WAIT,

    /** One began so long ago that nothing of it is on the stream any more: send it in anew. */
    BEGIN_ANEW,

    /** It is on the stream: nothing. */
    NOTHING;

    /** What was appended late is kept longer than what was appended when the redrive began. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /**
     * The step for a letter without a result.
     *
     * @param streamRetentionMillis how long the events stream keeps its records
     */
    static RedriveStep of(DeadLetterItem item, long nowMillis, long streamRetentionMillis) {
        if (item.redrivenStored()) {
            return NOTHING;
        }
        if (item.redrivenAs() == null) {
            return BEGIN;
        }
        if (AppendAgain.isSafe(item.redrivenAtMillis(), nowMillis)) {
            return REPEAT;
        }
        return nowMillis > anewAtMillis(item, streamRetentionMillis) ? BEGIN_ANEW : WAIT;
    }

    /** After when nothing of a redrive that began is on the stream, epoch milliseconds. */
    static long anewAtMillis(DeadLetterItem item, long streamRetentionMillis) {
        return item.redrivenAtMillis() + streamRetentionMillis + MARGIN.toMillis();
    }
}
