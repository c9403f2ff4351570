package io.sluice.local.command.data;

import io.sluice.contract.json.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * Where rows of a folder's tenants were mirrored to, as {@code mirror.json} has it: stays when a
 * system starts without a mirror, for what was mirrored stays, too. No user, no password.
 */
public final class MirrorPlace {
    private MirrorPlace() {}

    /** The JDBC URL of the last mirror; empty if there never was one. */
    public static Optional<String> read(DataFolder folder) throws IOException {
        return JsonFile.read(folder.mirror()).map(node -> node.path("url").asText());
    }

    /** Remembers that rows go there from now on. */
    public static void write(DataFolder folder, String url) throws IOException {
        JsonFile.write(folder.mirror(), Json.object().put("url", url));
    }
}
