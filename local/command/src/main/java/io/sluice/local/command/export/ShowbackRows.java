package io.sluice.local.command.export;

import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Usage rows with those of one window and one combination of labels added up. Rows of late
 * settlements follow the row that they belong to, so no more than one is held.
 */
final class ShowbackRows implements Iterator<UsageItem> {
    private final Iterator<UsageItem> rows;
    private @Nullable UsageItem next;

    /** Sorted by window, then labels. */
    ShowbackRows(Iterator<UsageItem> rows) {
        this.rows = rows;
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public UsageItem next() {
        UsageItem sum = next;
        if (sum == null) {
            throw new NoSuchElementException();
        }
        UsageKey key = whole(sum.key());
        advance();
        for (UsageItem row = next; row != null && whole(row.key()).equals(key); row = next) {
            sum = sum.toBuilder().counts(sum.counts().plus(row.counts())).build();
            advance();
        }
        return sum.toBuilder().key(key).build();
    }

    private static UsageKey whole(UsageKey key) {
        return key.toBuilder().lateDayMillis(UsageKey.ON_TIME).build();
    }

    private void advance() {
        next = rows.hasNext() ? rows.next() : null;
    }
}
