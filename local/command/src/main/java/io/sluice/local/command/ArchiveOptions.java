package io.sluice.local.command;

import io.sluice.contract.audit.SigningKeyFile;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.sinks.verify.ArchiveFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which archive, and by which keys. */
final class ArchiveOptions {
    @Mixin private TablesOptions tables = new TablesOptions();

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description =
                    "The archive's folder, such as a copy of the one in S3 (default: audit/ in the"
                            + " data folder).")
    private @Nullable Path archive;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description =
                    "What digests are signed with, in PEM form; may be given for each key there"
                            + " was (default: audit-key.pem.pub in the data folder).")
    private List<Path> publicKeys = new ArrayList<>();

    boolean json() {
        return tables.json();
    }

    ArchiveFolder folder() throws IOException {
        return ArchiveFolder.at(path());
    }

    Path path() {
        return archive == null ? tables.folder().part("audit") : archive;
    }

    /** The keys that digests are checked with. */
    List<PublicKey> keys() throws IOException {
        List<PublicKey> keys = new ArrayList<>();
        if (publicKeys.isEmpty()) {
            keys.add(
                    SigningKeyFile.readPublic(
                            SigningKeyFile.publicKeyOf(tables.folder().auditKey())));
        }
        for (Path file : publicKeys) {
            keys.add(SigningKeyFile.readPublic(file));
        }
        return keys;
    }

    /** Clients of the system's tables; to be closed. */
    AwsClients clients() throws IOException, FindingException {
        return tables.clients();
    }
}
