package io.sluice.pipeline.config;

import io.sluice.sinks.relational.MirrorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The property group {@code Mirror}: where usage and results are copied to. Without a url nothing
 * is. Url and user may come from {@code SLUICE_MIRROR_URL} and {@code SLUICE_MIRROR_USER} instead;
 * the password comes from {@code SLUICE_MIRROR_PASSWORD} or from a file, and is no property.
 */
final class MirrorProperties {
    private MirrorProperties() {}

    static @Nullable MirrorSettings read(
            PropertyGroup mirror, UnaryOperator<@Nullable String> variables) {
        String url = orVariable(mirror.optionalText("url"), variables.apply("SLUICE_MIRROR_URL"));
        String user =
                orVariable(mirror.optionalText("user"), variables.apply("SLUICE_MIRROR_USER"));
        String file = mirror.optionalText("password.file");
        int least = mirror.count("pool.least", 5);
        int most = mirror.count("pool.most", 20);
        Duration idle = mirror.duration("pool.idle", Duration.ofMinutes(5));
        int backlogBytes = mirror.count("backlog.bytes", 64 << 20);
        mirror.refuseOthers();
        if (url == null) {
            return null;
        }
        String password = variables.apply("SLUICE_MIRROR_PASSWORD");
        try {
            return MirrorSettings.of(
                            url,
                            user == null ? "" : user,
                            file == null ? (password == null ? "" : password) : firstLine(file))
                    .withPool(least, most, idle)
                    .withBacklogBytes(backlogBytes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("property Mirror/" + e.getMessage(), e);
        }
    }

    private static String firstLine(String file) {
        try {
            return Files.readString(Path.of(file)).lines().findFirst().orElse("");
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "password.file: seen '" + file + "', expected a file that can be read", e);
        }
    }

    private static @Nullable String orVariable(
            @Nullable String property, @Nullable String variable) {
        return property == null && variable != null && !variable.isBlank() ? variable : property;
    }
}
