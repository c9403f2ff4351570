package io.sluice.pipeline.enforce;

import io.sluice.pipeline.budget.Spending;
import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.session.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The moments at which something in a tenant's state turns. */
final class Boundaries {
    private static final long MINUTE = 60_000;

    private final History history;

    Boundaries(History history) {
        this.history = history;
    }

    /**
     * Where a move leads to; null if there is no such boundary to come, or it leads to no boundary.
     */
    @Nullable Long of(Step.Move move, long nowMillis) {
        if (move instanceof Step.Move.WindowEdge edge) {
            return beside(leaving(), edge.back(), edge.offset(), nowMillis);
        } else if (move instanceof Step.Move.PeriodEdge edge) {
            Spending.Period period = edge.month() ? Spending.Period.MONTH : Spending.Period.DAY;
            Spending current = new Spending(period, 0, 0);
            current.roll(nowMillis + 1);
            return nowMillis + 1 + current.millisUntilReset(nowMillis + 1) + edge.offset();
        } else if (move instanceof Step.Move.TtlEdge edge) {
            return beside(tooOld(), edge.back(), edge.offset(), nowMillis);
        } else if (move instanceof Step.Move.ExpiryEdge edge) {
            return beside(expiring(), edge.back(), edge.offset(), nowMillis);
        }
        return null;
    }

    private static @Nullable Long beside(
            Stream<Long> boundaries, int back, int offset, long nowMillis) {
        List<Long> coming =
                new ArrayList<>(
                        boundaries.filter(at -> at + offset >= nowMillis).sorted().toList());
        return coming.isEmpty() ? null : coming.get(back % coming.size()) + offset;
    }

    private Stream<Long> leaving() {
        return history.effects.decided.stream()
                .map(decided -> decided.decision().decidedAtMillis() + MINUTE);
    }

    private Stream<Long> tooOld() {
        List<Long> all = new ArrayList<>();
        for (String key : history.state.slotKeys()) {
            CacheSlot slot = history.state.slot(key);
            if (slot != null && slot.entry() != null) {
                all.add(slot.entry().outcomeAtMillis() + slot.entry().ttlMillis());
            }
        }
        for (String key : history.state.conversationKeys()) {
            Conversation conversation = history.state.conversation(key);
            if (conversation != null && conversation.turns() > 0) {
                all.add(conversation.lastAtMillis() + conversation.ttlMillis());
            }
        }
        return all.stream();
    }

    private Stream<Long> expiring() {
        return history.effects.open.keySet().stream()
                .map(id -> history.state.core().holds().get(id, history.state))
                .filter(Objects::nonNull)
                .map(Hold::expiresAtMillis);
    }
}
