package io.sluice.local.command.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.FindingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The notes of a folder. A note's name is that of its file, without {@code .zpln}. */
public final class NoteFiles {
    private static final String ENDING = ".zpln";

    private final Path folder;

    /** Those of the {@code notebooks/} below a build's root. */
    public NoteFiles(Path home) {
        this.folder = home.resolve("notebooks");
    }

    /** What each note is about, by its name. */
    public Map<String, String> titles() throws IOException {
        Map<String, String> titles = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(ENDING)).toList()) {
                String name = file.getFileName().toString();
                titles.put(name.substring(0, name.length() - ENDING.length()), title(file));
            }
        }
        return titles;
    }

    /**
     * The file of a note.
     *
     * @throws FindingException if there is none of that name, with the names that there are
     */
    public Path file(String name) throws IOException, FindingException {
        Map<String, String> known = titles();
        if (!known.containsKey(name)) {
            throw new FindingException(
                    "there is no note '"
                            + name
                            + "', expected one of "
                            + String.join(", ", known.keySet()));
        }
        return folder.resolve(name + ENDING);
    }

    /** The heading of a note's first paragraph. */
    private static String title(Path file) throws IOException {
        JsonNode note = Json.parse(Files.readString(file));
        return note.at("/paragraphs/0/text")
                .asText()
                .lines()
                .filter(line -> line.startsWith("#"))
                .findFirst()
                .map(line -> line.replaceFirst("^#+ *", ""))
                .orElse("");
    }
}
