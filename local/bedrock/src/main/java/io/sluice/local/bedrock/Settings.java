package io.sluice.local.bedrock;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a server keeps its files, which port it binds on the loopback address, and how its models
 * behave until told otherwise.
 *
 * @param dataDir directory of the call log and the behaviours; created when absent
 * @param port TCP port, 0 for any free one
 * @param defaults behaviours in force where none was put; {@code *} stands for every model
 */
public record Settings(Path dataDir, int port, List<Behavior> defaults) {

    public Settings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", expected 0 to 65535");
        }
        defaults = List.copyOf(defaults);
    }

    /** Settings with a free port and models that answer at once. */
    public static Settings in(Path dataDir) {
        return new Settings(dataDir, 0, List.of());
    }

    /** The same with another port. */
    public Settings withPort(int newPort) {
        return new Settings(dataDir, newPort, defaults);
    }

    /** The same with a default latency for a model id, or for every model with {@code *}. */
    public Settings withLatency(String model, long minMillis, long maxMillis) {
        List<Behavior> all = new ArrayList<>(defaults);
        all.removeIf(b -> b.model().equals(model));
        all.add(Behavior.none(model).withLatency(new LatencyMillis(minMillis, maxMillis)));
        return new Settings(dataDir, port, all);
    }
}
