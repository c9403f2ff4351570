package io.sluice.local.command.ledger;

import io.sluice.contract.UsageItem;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Usage rows in order of time, taken a stretch at a time. */
public final class RowCursor {
    private final Iterator<UsageItem> rows;
    private @Nullable UsageItem next;

    /** Sorted by window. */
    public RowCursor(Iterator<UsageItem> rows) {
        this.rows = rows;
        advance();
    }

    /** Gives the rows, not taken yet, whose windows start before that time. */
    public void takeBefore(long millis, Consumer<UsageItem> taker) {
        for (UsageItem row = next; row != null && startsBefore(row, millis); row = next) {
            taker.accept(row);
            advance();
        }
    }

    private static boolean startsBefore(UsageItem row, long millis) {
        return row.key().windowStartMillis() < millis;
    }

    private void advance() {
        next = rows.hasNext() ? rows.next() : null;
    }
}
