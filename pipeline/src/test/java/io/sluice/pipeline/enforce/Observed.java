package io.sluice.pipeline.enforce;

import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A history with books of its own: what was admitted, what each admission counts, what it cost. */
final class Observed {
    final History history;
    final ReferenceBooks books = new ReferenceBooks();
    private final Map<String, ReferenceBooks.Entry> open = new LinkedHashMap<>();
    private long clockMillis;

    Observed() {
        this(new InMemoryTenantState());
    }

    Observed(TenantState state) {
        this.history = new History(state);
    }

    /** Applies an event; gives the decision that it led to, if it was a new request. */
    EffectsLog.@Nullable Decided apply(LogRecord record) {
        int before = history.effects.decided.size();
        boolean applied = history.apply(record);
        if (applied && record.event() instanceof OutcomeEvent outcome) {
            ReferenceBooks.Entry entry = open.remove(outcome.facts().requestId());
            if (entry != null) {
                entry.tokens = tokens(outcome.facts().usage());
            }
            books.book(clockMillis, outcome.facts().costPicoUsd());
        }
        EffectsLog.Decided decided = null;
        if (history.effects.decided.size() > before) {
            decided = history.effects.decided.get(before);
            clockMillis = decided.decision().decidedAtMillis();
            if (decided.decision().outcome() != Verdict.REJECTED) {
                String id = decided.facts().requestId();
                ReferenceBooks.Entry entry = new ReferenceBooks.Entry(id, clockMillis, 0);
                books.entries.add(entry);
                open.put(id, entry);
            }
        }
        follow();
        return decided;
    }

    /** Admissions whose hold has gone without an outcome count no tokens. */
    private void follow() {
        open.values().removeIf(entry -> follow(entry) == null);
    }

    private @Nullable Hold follow(ReferenceBooks.Entry entry) {
        Hold hold = hold(entry.id);
        entry.tokens = hold == null ? 0 : hold.tokens();
        return hold;
    }

    @Nullable Hold hold(String requestId) {
        return history.state.core().holds().get(requestId, history.state);
    }

    /** Money held, added up. */
    long heldPicoUsd() {
        BigInteger sum = BigInteger.ZERO;
        for (String id : open.keySet()) {
            Hold hold = hold(id);
            sum = sum.add(BigInteger.valueOf(hold == null ? 0 : hold.picoUsd()));
        }
        return ReferenceBooks.capped(sum);
    }

    /** Holds that have not expired, counted. */
    long pending() {
        return open.keySet().stream()
                .filter(
                        id -> {
                            Hold hold = hold(id);
                            return hold != null && !hold.expired();
                        })
                .count();
    }

    /** Money spent in a period and held. */
    long used(boolean month) {
        return ReferenceBooks.capped(
                BigInteger.valueOf(books.spent(month, clockMillis))
                        .add(BigInteger.valueOf(heldPicoUsd())));
    }

    static long tokens(Usage used) {
        return ReferenceBooks.clamped(
                used.inputTokens()
                        + used.outputTokens()
                        + used.cacheReadTokens()
                        + used.cacheWriteTokens());
    }
}
