package io.sluice.pipeline.session;

import io.sluice.contract.Isolation;
import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which readers see a conversation: the newest turns that fit into a table's item; of
 * one that is gone, a trace without text that outlives every older copy that may still be on its
 * way.
 */
public final class ConversationCopy {
    /** UTF-8 bytes of turns; an item of DynamoDB holds at most 400 KB with everything in it. */
    static final int MOST_BYTES = 350 * 1024;

    /** A trace is kept for 30 days, as long as results are and longer than a stream can be read. */
    static final long TRACE_SECONDS = 30L * 86_400;

    private ConversationCopy() {}

    /**
     * The copy after an event.
     *
     * @param conversation what the engine kept; null or without turns if it is gone
     * @param turns its turns' texts, oldest first
     * @param nowMillis the event's arrival, epoch milliseconds
     * @param seq the event's sequence number
     * @param isolation how far the tenant's rows are kept apart after that event
     */
    public static SessionItem of(
            String tenantId,
            String key,
            @Nullable Conversation conversation,
            List<String> turns,
            long nowMillis,
            long seq,
            Isolation isolation) {
        SessionItem.Builder copy =
                SessionItem.builder()
                        .tenantId(tenantId)
                        .isolation(isolation)
                        .key(SessionKey.parse(key))
                        .version(seq);
        if (conversation == null || conversation.turns() == 0) {
            return copy.deleted(true)
                    .updatedAtMillis(nowMillis)
                    .expiresAtSeconds(seconds(nowMillis) + TRACE_SECONDS)
                    .build();
        }
        return copy.turns(fitting(turns))
                .turnCount(conversation.turns())
                .tokens(conversation.tokensOfNewest(conversation.turns()))
                .updatedAtMillis(conversation.lastAtMillis())
                .expiresAtSeconds(seconds(conversation.lastAtMillis() + conversation.ttlMillis()))
                .build();
    }

    private static List<String> fitting(List<String> turns) {
        int first = turns.size();
        long bytes = 0;
        while (first > 0) {
            bytes += turns.get(first - 1).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                break;
            }
            first--;
        }
        return turns.subList(first, turns.size());
    }

    /** Rounded up: a copy is not over before its conversation is. */
    private static long seconds(long millis) {
        return -Math.floorDiv(-millis, 1_000L);
    }
}
