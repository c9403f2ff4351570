package io.sluice.local.command;

import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.data.Keys;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every subcommand takes. */
public final class CommonOptions {
    @Option(
            names = "--data-dir",
            defaultValue = ".sluice",
            description = "Folder of all data of a system (default: ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of(".sluice");

    @Option(names = "--json", description = "Print results as JSON.")
    private boolean json;

    public boolean json() {
        return json;
    }

    public DataFolder folder() {
        return DataFolder.at(dataDir);
    }

    /** The addresses of the system that uses the folder. */
    public Endpoints endpoints() throws IOException, FindingException {
        return Endpoints.read(folder()).orElseThrow(() -> nothingIn(folder()));
    }

    /** The keys of the system that uses the folder. */
    public Keys keys() throws IOException, FindingException {
        Keys keys = Keys.read(folder());
        if (keys.admin().isEmpty()) {
            throw nothingIn(folder());
        }
        return keys;
    }

    private static FindingException nothingIn(DataFolder folder) {
        return new FindingException(
                "no system has used "
                        + folder.root()
                        + " yet: start one with 'sluice up', or name its folder with --data-dir");
    }
}
