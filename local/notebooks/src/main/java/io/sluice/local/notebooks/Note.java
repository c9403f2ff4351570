package io.sluice.local.notebooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Zeppelin note: a name and paragraphs that run one after the other. */
public final class Note {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String name;
    private final List<Paragraph> paragraphs;

    private Note(String name, List<Paragraph> paragraphs) {
        this.name = name;
        this.paragraphs = List.copyOf(paragraphs);
    }

    /**
     * The note in a {@code .zpln} file.
     *
     * @throws MalformedNoteException if it is none, or has a paragraph that cannot run here
     */
    public static Note read(Path file) throws IOException {
        JsonNode node;
        try {
            node = MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new MalformedNoteException(file + " is no JSON: " + e.getOriginalMessage());
        }
        if (!node.path("name").isTextual() || !node.path("paragraphs").isArray()) {
            throw new MalformedNoteException(
                    file + " is no note: expected an object with name and paragraphs");
        }
        List<Paragraph> paragraphs = new ArrayList<>();
        for (JsonNode each : node.path("paragraphs")) {
            paragraphs.add(
                    Paragraph.of(each.path("title").asText(""), each.path("text").asText("")));
        }
        return new Note(node.path("name").asText(), paragraphs);
    }

    /** Its name, which is also its file's. */
    public String name() {
        return name;
    }

    /** In the order in which they run. */
    public List<Paragraph> paragraphs() {
        return paragraphs;
    }

    /** The settings that its SQL has, by name, with their defaults. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Paragraph paragraph : paragraphs) {
            if (paragraph.isSql()) {
                settings.putAll(Forms.defaults(paragraph.body()));
            }
        }
        return settings;
    }
}
