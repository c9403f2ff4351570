package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of a user's conversation within a tenant: {@code session:{user_id}/{session}}, with
 * nothing before the slash if no user was named. No label contains the slash, so two users never
 * share a key.
 */
public final class SessionKey {
    /** How every key begins. */
    public static final String PREFIX = "session:";

    private static final char SEPARATOR = '/';

    private final @Nullable String userId;
    private final String session;

    private SessionKey(@Nullable String userId, String session) {
        this.userId = userId;
        this.session = session;
    }

    /** The name of that conversation; both are labels, see {@link Names#LABEL}. */
    public static SessionKey of(@Nullable String userId, String session) {
        return new SessionKey(userId, session);
    }

    /** The name that was spelled so; throws if none is. */
    public static SessionKey parse(String text) {
        int slash = text.indexOf(SEPARATOR);
        if (!text.startsWith(PREFIX) || slash < 0) {
            throw new IllegalArgumentException(
                    "seen '" + text + "', expected session:{user_id}/{session}");
        }
        String userId = text.substring(PREFIX.length(), slash);
        return new SessionKey(userId.isEmpty() ? null : userId, text.substring(slash + 1));
    }

    /** The user; null if none was named. */
    public @Nullable String userId() {
        return userId;
    }

    /** What the client calls the conversation. */
    public String session() {
        return session;
    }

    /** Its spelling. */
    public String text() {
        return PREFIX + (userId == null ? "" : userId) + SEPARATOR + session;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionKey
                && Objects.equals(userId, ((SessionKey) other).userId)
                && session.equals(((SessionKey) other).session);
    }

    @Override
    public int hashCode() {
        return Objects.hash(userId, session);
    }

    @Override
    public String toString() {
        return text();
    }
}
