package io.sluice.ingress.session;

import io.micronaut.http.HttpRequest;
import io.sluice.contract.Names;
import io.sluice.contract.SessionKey;
import io.sluice.ingress.query.QueryFields;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names by which calls mean a conversation. */
final class SessionNames {
    private SessionNames() {}

    /** The conversation of a path and its query; a problem if a name is no label. */
    static SessionKey of(HttpRequest<?> request, String session) {
        QueryFields query = QueryFields.of(request, Set.of("user_id"));
        label("session", session);
        return SessionKey.of(label("user_id", query.text("user_id")), session);
    }

    /** The label, null if there is none; a problem if it is no label. */
    static @Nullable String label(String name, @Nullable String text) {
        if (text != null && !Names.LABEL.matcher(text).matches()) {
            throw QueryFields.refused(
                    name + ": expected a text that matches " + Names.LABEL.pattern() + ".");
        }
        return text;
    }

    /** Whether that text is a key with that beginning. */
    static boolean isKey(String text, String prefix) {
        if (!text.startsWith(prefix) || text.indexOf('/') < 0) {
            return false;
        }
        SessionKey key = SessionKey.parse(text);
        return Names.LABEL.matcher(key.session()).matches()
                && (key.userId() == null || Names.LABEL.matcher(key.userId()).matches());
    }
}
