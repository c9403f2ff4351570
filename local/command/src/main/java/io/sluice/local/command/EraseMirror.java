package io.sluice.local.command;

import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.MirrorPlace;
import io.sluice.local.command.tenants.TenantErasure;
import io.sluice.sinks.relational.MirrorErasure;
import io.sluice.sinks.relational.MirrorSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the mirror that a tenant's rows must go from. */
final class EraseMirror {
    private static final String NONE = "none";

    private EraseMirror() {}

    /**
     * The rows there.
     *
     * @param wish the URL or {@code none}; null for what the environment says, else what the folder
     *     remembers
     * @throws FindingException if there is one but no role for it
     */
    static TenantErasure.MirroredRows of(
            @Nullable String wish, DataFolder folder, Map<String, String> environment)
            throws IOException, FindingException {
        String url = wish == null ? environment.getOrDefault("SLUICE_MIRROR_URL", "") : wish;
        if (url.isBlank()) {
            url = MirrorPlace.read(folder).orElse(NONE);
        }
        if (url.equals(NONE)) {
            return tenantId -> 0;
        }
        MirrorSettings settings =
                MirrorSettings.of(
                        MirrorCheck.usable(url, environment),
                        environment.getOrDefault("SLUICE_MIRROR_USER", ""),
                        environment.getOrDefault("SLUICE_MIRROR_PASSWORD", ""));
        MirrorErasure erasure = new MirrorErasure(settings);
        return tenantId -> {
            try {
                return erasure.remove(tenantId);
            } catch (SQLException e) {
                throw new FindingException(
                        "rows of "
                                + tenantId
                                + " cannot be removed from the mirror now ("
                                + e.getMessage()
                                + "): run it again, or with --mirror none to leave them there");
            }
        };
    }
}
