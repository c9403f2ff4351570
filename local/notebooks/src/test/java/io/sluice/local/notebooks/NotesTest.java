package io.sluice.local.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The notes are such as Zeppelin and the managed Studio read, and each of their parts has its form.
 */
class NotesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path folder;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "..", "notebooks"))) {
            return files.filter(f -> f.toString().endsWith(".zpln")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void noteHasWhatZeppelinWrites(Path file) throws IOException {
        JsonNode note = MAPPER.readTree(file.toFile());
        assertThat(note.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "paragraphs",
                        "name",
                        "id",
                        "defaultInterpreterGroup",
                        "version",
                        "noteParams",
                        "noteForms",
                        "angularObjects",
                        "config",
                        "info",
                        "path");
        String name = file.getFileName().toString().replace(".zpln", "");
        assertThat(note.path("name").asText()).isEqualTo(name);
        assertThat(note.path("path").asText()).isEqualTo("/" + name);
        assertThat(note.path("id").asText()).matches("2[A-Z0-9]+");
        assertThat(note.path("defaultInterpreterGroup").asText()).isEqualTo("flink");
        Set<String> ids = new HashSet<>();
        for (JsonNode paragraph : note.path("paragraphs")) {
            for (String field : List.of("text", "user", "jobName", "id", "dateCreated", "status")) {
                assertThat(paragraph.path(field).isTextual()).as(field).isTrue();
            }
            for (String field : List.of("config", "settings", "runtimeInfos")) {
                assertThat(paragraph.path(field).isObject()).as(field).isTrue();
            }
            assertThat(paragraph.path("settings").path("params").isObject()).isTrue();
            assertThat(paragraph.path("settings").path("forms").isObject()).isTrue();
            assertThat(paragraph.path("apps").isArray()).isTrue();
            assertThat(paragraph.has("results")).as("results of a run").isFalse();
            assertThat(ids.add(paragraph.path("id").asText())).as("ids differ").isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void noteSaysWhatItIsAndAsksOneQuestionAtATime(Path file) throws IOException {
        List<Paragraph> paragraphs = Note.read(file).paragraphs();
        assertThat(paragraphs.get(0).isSql()).isFalse();
        assertThat(paragraphs.get(0).body()).startsWith("### ");
        for (Paragraph each : paragraphs.subList(1, paragraphs.size())) {
            assertThat(each.isSql()).isTrue();
            List<String> statements = SqlScript.statements(Forms.filled(each.body(), Map.of()));
            boolean asks = statements.stream().anyMatch(NoteRunner::isQuery);
            assertThat(asks).as("a title stands above a result").isEqualTo(!each.title().isEmpty());
            if (asks) {
                assertThat(statements).hasSize(1);
                assertThat(each.options()).isEqualTo("type=update");
            }
            // Zeppelin takes a quote in a comment for the beginning of a text, and splits wrongly.
            assertThat(each.body()).doesNotContainPattern("(?m)--.*['\"]");
            // Money has no floating point, and a float would hide in a literal with an exponent.
            assertThat(each.body())
                    .doesNotContainPattern("(?i)\\b(DOUBLE|FLOAT|REAL)\\b|\\d[eE]-?\\d");
        }
    }

    @Test
    void tablesAndFormsAreTheSameInAllNotes() throws IOException {
        Map<String, String> definitions = new HashMap<>();
        Map<String, String> defaults = new HashMap<>();
        for (Path file : files()) {
            Note note = Note.read(file);
            note.settings()
                    .forEach(
                            (name, value) -> {
                                if (!name.equals("window_minutes")) {
                                    String other = defaults.putIfAbsent(name, value);
                                    assertThat(other == null ? value : other)
                                            .as(name)
                                            .isEqualTo(value);
                                }
                            });
            for (Paragraph each : note.paragraphs()) {
                if (each.body().contains("CREATE TEMPORARY TABLE")) {
                    String table =
                            each.body().replaceAll("(?s).*CREATE TEMPORARY TABLE (\\w+).*", "$1");
                    String other = definitions.putIfAbsent(table, each.body());
                    assertThat(other == null ? each.body() : other)
                            .as(table)
                            .isEqualTo(each.body());
                }
            }
        }
        assertThat(definitions).containsOnlyKeys("events", "results", "booked", "decisions");
    }

    @Test
    void whatIsNoNoteIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("x.zpln"), "{\"paragraphs\": 1}");
        assertThatThrownBy(() -> Note.read(file))
                .isInstanceOf(MalformedNoteException.class)
                .hasMessageContaining("x.zpln is no note");
        Files.writeString(
                file, "{\"name\":\"x\",\"paragraphs\":[{\"title\":\"t\",\"text\":\"%sh\\nrm\"}]}");
        assertThatThrownBy(() -> Note.read(file))
                .hasMessageContaining("paragraph 't'")
                .hasMessageContaining("md, flink.ssql");
    }
}
