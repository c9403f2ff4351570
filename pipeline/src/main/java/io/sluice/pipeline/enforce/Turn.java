package io.sluice.pipeline.enforce;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.SessionKey;
import io.sluice.pipeline.session.Conversation;
import org.jspecify.annotations.Nullable;

/** A request as the next turn of its conversation. Lives for one request. */
final class Turn {
    private final String key;
    private final String requestId;
    private final @Nullable Conversation stored;
    private final boolean over;
    private final int earlier;

    private Turn(
            String key,
            String requestId,
            @Nullable Conversation stored,
            boolean over,
            int earlier) {
        this.key = key;
        this.requestId = requestId;
        this.stored = stored;
        this.over = over;
        this.earlier = earlier;
    }

    /** The turn that a request is; null if it names no conversation or the policy keeps none. */
    static @Nullable Turn of(
            TenantState state, RequestFacts facts, EffectivePolicy policy, long nowMillis) {
        String session = facts.labels().session();
        if (session == null || policy.cache().sessionTtlMillis() == 0) {
            return null;
        }
        String key = key(facts.labels().userId(), session);
        Conversation stored = state.conversation(key);
        boolean over =
                stored != null && stored.isOver(nowMillis, policy.cache().sessionTtlMillis());
        int earlier =
                stored == null || over
                        ? 0
                        : stored.fitting(
                                policy.cache().sessionTurns(), policy.cache().sessionTokens());
        return new Turn(key, facts.requestId(), stored, over, earlier);
    }

    /** The key of a user's conversation. */
    static String key(@Nullable String userId, String session) {
        return SessionKey.of(userId, session).text();
    }

    /** The conversation. */
    String key() {
        return key;
    }

    /** Whether an earlier turn has not ended. */
    boolean isBusy() {
        return stored != null && stored.turn() != null;
    }

    /** How many earlier turns are sent along. */
    int earlier() {
        return earlier;
    }

    /** Tokens of the earlier turns that are sent along. */
    long tokens() {
        return stored == null ? 0 : stored.tokensOfNewest(earlier);
    }

    /** Makes the request the conversation's turn. */
    void begin(TenantState state, Effects effects) {
        if (over) {
            effects.dropConversation(key);
        }
        Conversation before = stored == null ? Conversation.empty() : stored;
        state.putConversation(key, before.begin(requestId, earlier));
    }
}
