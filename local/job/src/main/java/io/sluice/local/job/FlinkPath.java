package io.sluice.local.job;

import java.nio.file.Path;

/** Local paths as Flink's settings spell them: with a scheme, and with spaces as they are. */
final class FlinkPath {
    private FlinkPath() {}

    /** The spelling of an absolute or relative path. */
    static String of(Path path) {
        return "file://" + path.toAbsolutePath().normalize();
    }
}
