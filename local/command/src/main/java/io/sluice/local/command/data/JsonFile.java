package io.sluice.local.command.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A JSON object in a private file. */
final class JsonFile {
    private JsonFile() {}

    /** The object; empty when there is no file. */
    static Optional<ObjectNode> read(Path file) throws IOException {
        try {
            if (Json.parse(Files.readAllBytes(file)) instanceof ObjectNode object) {
                return Optional.of(object);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedJsonException e) {
            throw unusable(file, String.valueOf(e.getMessage()));
        }
        throw unusable(file, "not a JSON object");
    }

    static void write(Path file, ObjectNode object) throws IOException {
        PrivateFile.write(file, object.toPrettyString() + "\n");
    }

    private static IOException unusable(Path file, String why) {
        return new IOException(file + ": " + why + ". Repair it or move it away.");
    }
}
