package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Definitions by name, such as dashboards, in one JSON file that is replaced as a whole before a
 * change is acknowledged. Used by one thread.
 */
final class NamedDocuments {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final NavigableMap<String, ObjectNode> documents = new TreeMap<>();

    private NamedDocuments(Path file) {
        this.file = file;
    }

    /**
     * Opens a file, which need not exist.
     *
     * @throws IOException when it cannot be read or holds something else
     */
    static NamedDocuments open(Path file) throws IOException {
        NamedDocuments opened = new NamedDocuments(file);
        if (Files.exists(file)) {
            for (var entry : MAPPER.readTree(file.toFile()).properties()) {
                if (!(entry.getValue() instanceof ObjectNode document)) {
                    throw new IOException(
                            file + ": " + entry.getKey() + " is no object; move the file away");
                }
                opened.documents.put(entry.getKey(), document);
            }
        }
        return opened;
    }

    /** All of them, by name. */
    NavigableMap<String, ObjectNode> all() {
        return documents;
    }

    void put(String name, ObjectNode document) throws IOException {
        documents.put(name, document);
        save();
    }

    void remove(Iterable<String> names) throws IOException {
        names.forEach(documents::remove);
        save();
    }

    private void save() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        JsonNode whole = MAPPER.valueToTree(documents);
        Files.write(next, MAPPER.writeValueAsBytes(whole));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
