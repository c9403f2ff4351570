package io.sluice.sinks.seal;

import io.sluice.sinks.archive.ArchiveFile;
import io.sluice.sinks.archive.ArchiveStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** An archive that cannot be written, or of which a file cannot be read once. */
final class UnreliableStore implements ArchiveStore {
    private final ArchiveStore whole;
    private boolean failPuts;
    private boolean failNextOpen;

    UnreliableStore(ArchiveStore whole) {
        this.whole = whole;
    }

    /** Writes nothing: where the sealer ends before its digest is there. */
    UnreliableStore failPuts() {
        failPuts = true;
        return this;
    }

    /** The next archive file cannot be read. */
    UnreliableStore failNextOpen() {
        failNextOpen = true;
        return this;
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return whole.list(folder);
    }

    @Override
    public InputStream read(String name) throws IOException {
        return whole.read(name);
    }

    @Override
    public ArchiveFile open(String name) throws IOException {
        if (failNextOpen) {
            failNextOpen = false;
            throw new IOException("made to fail");
        }
        return whole.open(name);
    }

    @Override
    public boolean exists(String name) throws IOException {
        return whole.exists(name);
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        if (failPuts) {
            throw new IOException("made to fail");
        }
        whole.put(name, content);
    }

    @Override
    public void delete(String name) throws IOException {
        whole.delete(name);
    }
}
