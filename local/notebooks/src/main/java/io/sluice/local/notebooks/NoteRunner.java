package io.sluice.local.notebooks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Runs the SQL of a note in this process: statements that define something at once, queries until
 * they are complete. Not thread-safe, and one at a time in a process.
 */
public final class NoteRunner {
    private final Map<String, String> values;
    private final Path scratch;
    private final Duration most;
    private final StreamTableEnvironment tables;

    /**
     * @param values what stands in the note's forms, by name; others keep their defaults
     * @param scratch a folder for files that are worthless afterwards
     * @param most how long one query may run
     */
    public NoteRunner(Map<String, String> values, Path scratch, Duration most) {
        this.values = Map.copyOf(values);
        this.scratch = scratch;
        this.most = most;
        Configuration settings = new Configuration();
        settings.setString(
                "metrics.reporter.progress.factory.class", ReadingProgress.Factory.class.getName());
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
        // One subtask reads all shards: it knows of all of them before it has read one to its end.
        tables =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.createLocalEnvironment(1, settings));
        // What a note shows must not depend on where it runs.
        tables.getConfig().set("table.local-time-zone", "UTC");
    }

    /**
     * Runs a note from its first to its last paragraph and hands out what each query came to.
     *
     * @throws MalformedNoteException if a value is given for a form that it does not have, or one
     *     that the form cannot take; nothing was run then
     */
    public void run(Note note, Consumer<ResultTable> results) throws Exception {
        requireKnown(note);
        for (Paragraph paragraph : note.paragraphs()) {
            if (paragraph.isSql()) {
                run(paragraph, results);
            }
        }
    }

    private void run(Paragraph paragraph, Consumer<ResultTable> results) throws Exception {
        String script = Forms.filled(paragraph.body(), values);
        List<String> statements = SqlScript.statements(script);
        for (String statement : statements) {
            if (isQuery(statement)) {
                ReadingProgress.begin();
                results.accept(
                        new LiveQuery(tables.executeSql(statement), scratch)
                                .run(paragraph.title(), most));
            } else {
                tables.executeSql(statement).await();
            }
        }
    }

    /** Whether a statement has rows as its result. */
    static boolean isQuery(String statement) {
        return statement.regionMatches(true, 0, "SELECT", 0, 6)
                || statement.regionMatches(true, 0, "WITH", 0, 4);
    }

    private void requireKnown(Note note) {
        Map<String, String> known = note.settings();
        for (Map.Entry<String, String> value : values.entrySet()) {
            String name = value.getKey();
            if (!known.containsKey(name)) {
                throw new MalformedNoteException(
                        "the note "
                                + note.name()
                                + " has no setting '"
                                + name
                                + "', expected one of "
                                + String.join(", ", known.keySet()));
            }
            FormShape.of(known.get(name)).require(name, value.getValue());
        }
    }
}
