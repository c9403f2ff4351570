package io.sluice.local.notebooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A process that runs one note. Each result is a line of JSON on standard output: {@code title},
 * {@code columns}, {@code rows}, {@code complete}; money is text, exact. Ends with 0, or with 1 and
 * the reason on standard error; ends at once when its standard input does.
 */
@Command(name = "notebook")
public final class NotebookProcess implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Option(names = "--note", required = true)
    private Path note = Path.of("");

    @Option(names = "--scratch", required = true)
    private Path scratch = Path.of("");

    @Option(names = "--seconds", defaultValue = "300")
    private int seconds = 300;

    /** Where streams and tables are; a note need not have forms for all of them. */
    @Option(names = "--place")
    private Map<String, String> places = new HashMap<>();

    /** Values of forms that the note must have. */
    @Option(names = "--set")
    private Map<String, String> settings = new HashMap<>();

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private NotebookProcess() {}

    /** Runs the note and ends the process. */
    public static void main(String[] args) {
        Thread watch = new Thread(NotebookProcess::endWithParent, "parent");
        watch.setDaemon(true);
        watch.start();
        CommandLine line = new CommandLine(new NotebookProcess());
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    System.err.println("sluice: " + explained(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                });
        int status = line.execute(args);
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(scratch);
        Note read = Note.read(note);
        Map<String, String> values = new HashMap<>(places);
        values.keySet().retainAll(read.settings().keySet());
        values.putAll(settings);
        new NoteRunner(values, scratch.toAbsolutePath(), Duration.ofSeconds(seconds))
                .run(read, table -> out.println(json(table)));
        return 0;
    }

    private static ObjectNode json(ResultTable table) {
        ObjectNode node = MAPPER.createObjectNode().put("title", table.title());
        table.columns().forEach(node.putArray("columns")::add);
        ArrayNode rows = node.putArray("rows");
        for (List<@Nullable Object> row : table.rows()) {
            ArrayNode cells = rows.addArray();
            row.forEach(cell -> Cells.add(cells, cell));
        }
        return node.put("complete", table.complete());
    }

    /** The innermost cause: Flink wraps what a person needs many times over. */
    private static String explained(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause instanceof MalformedNoteException || cause instanceof IOException
                ? String.valueOf(cause.getMessage())
                : cause.toString();
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Whatever is said: only the end counts.
            }
        } catch (IOException e) {
            // An unreadable pipe means the same as a closed one.
        }
        Runtime.getRuntime().halt(1);
    }
}
