package io.sluice.local.command.ledger;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of two tables, each sorted by key, as those of one: of a key in both, one row counts. */
final class JoinedRows<T> implements Iterator<T> {
    private final Iterator<T> ones;
    private final Iterator<T> others;
    private final Function<T, String> key;
    private final BinaryOperator<T> which;
    private @Nullable T one;
    private @Nullable T other;

    /**
     * Joins rows.
     *
     * @param key what both are sorted by, in the order of bytes
     * @param which of two rows of one key counts
     */
    JoinedRows(
            Iterator<T> ones,
            Iterator<T> others,
            Function<T, String> key,
            BinaryOperator<T> which) {
        this.ones = ones;
        this.others = others;
        this.key = key;
        this.which = which;
        this.one = after(ones);
        this.other = after(others);
    }

    @Override
    public boolean hasNext() {
        return one != null || other != null;
    }

    @Override
    public T next() {
        T first = one;
        T second = other;
        if (first == null && second == null) {
            throw new NoSuchElementException();
        }
        int order = order(first, second);
        if (order <= 0) {
            one = after(ones);
        }
        if (order >= 0) {
            other = after(others);
        }
        if (first != null && second != null && order == 0) {
            return which.apply(first, second);
        }
        return order < 0 ? known(first) : known(second);
    }

    /** Below 0 if the first comes first, 0 if both are of one key. */
    private int order(@Nullable T first, @Nullable T second) {
        if (first == null) {
            return 1;
        }
        return second == null ? -1 : key.apply(first).compareTo(key.apply(second));
    }

    private static <T> T known(@Nullable T row) {
        if (row == null) {
            throw new NoSuchElementException();
        }
        return row;
    }

    private static <T> @Nullable T after(Iterator<T> rows) {
        return rows.hasNext() ? rows.next() : null;
    }
}
