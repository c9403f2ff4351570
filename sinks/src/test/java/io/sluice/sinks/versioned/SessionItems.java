package io.sluice.sinks.versioned;

import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import java.util.List;

/** Copies of conversations as the tests need them. */
final class SessionItems {
    private SessionItems() {}

    /** A copy with these turns. */
    static SessionItem copy(String session, long version, String... turns) {
        return SessionItem.builder()
                .tenantId("a")
                .key(SessionKey.of("u", session))
                .turns(List.of(turns))
                .turnCount(turns.length)
                .tokens(10)
                .updatedAtMillis(1_767_225_600_000L)
                .expiresAtSeconds(1_767_312_000L)
                .version(version)
                .build();
    }

    /** What is left of a conversation that is gone. */
    static SessionItem trace(String session, long version) {
        return copy(session, version).toBuilder().deleted(true).tokens(0).build();
    }
}
