package io.sluice.local.bedrock;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Counts every call per model in an append-only file, so that a killed process loses none that it
 * took. A line is {@code m<id>} (the next model), {@code c<model number>} (a call that reached the
 * model), {@code t<model number>} (one that was throttled), or {@code n<model number> <calls>
 * <throttled>} (totals so far; the file is compacted to these when opened). Used by one thread.
 */
final class CallLog implements Closeable {

    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final FileChannel out;

    CallLog(Path file) throws IOException {
        if (Files.exists(file)) {
            dropTornTail(file);
            replay(file);
        }
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, compacted());
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Writes down a call that reached the model. */
    void called(String modelId) throws IOException {
        Count count = count(modelId);
        append("c" + count.number);
        count.calls++;
    }

    /** Writes down a call that was throttled before it reached the model. */
    void throttled(String modelId) throws IOException {
        Count count = count(modelId);
        append("t" + count.number);
        count.throttled++;
    }

    /** Calls that reached the model, by model id. */
    Map<String, Long> calls() {
        return totals(c -> c.calls);
    }

    /** Throttled calls by model id. */
    Map<String, Long> throttled() {
        return totals(c -> c.throttled);
    }

    /** All calls, throttled or not, by model id. */
    Map<String, Long> arrivals() {
        return totals(c -> c.calls + c.throttled);
    }

    /** All calls of one model, throttled or not. */
    long arrivals(String modelId) {
        Count count = counts.get(modelId);
        return count == null ? 0 : count.calls + count.throttled;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private Count count(String modelId) throws IOException {
        Count known = counts.get(modelId);
        if (known != null) {
            return known;
        }
        append("m" + modelId);
        Count fresh = new Count(counts.size());
        counts.put(modelId, fresh);
        return fresh;
    }

    private void append(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private Map<String, Long> totals(ToLongFunction<Count> of) {
        Map<String, Long> totals = new TreeMap<>();
        counts.forEach((id, count) -> totals.put(id, of.applyAsLong(count)));
        return totals;
    }

    private String compacted() {
        StringBuilder text = new StringBuilder();
        counts.keySet().forEach(id -> text.append('m').append(id).append('\n'));
        counts.values()
                .forEach(
                        c ->
                                text.append('n')
                                        .append(c.number)
                                        .append(' ')
                                        .append(c.calls)
                                        .append(' ')
                                        .append(c.throttled)
                                        .append('\n'));
        return text.toString();
    }

    private static void dropTornTail(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            while (end > 0 && channel.read(last.clear(), end - 1) == 1 && last.get(0) != '\n') {
                end--;
            }
            channel.truncate(end);
        }
    }

    private void replay(Path file) throws IOException {
        List<Count> byNumber = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                apply(line, byNumber, file);
            }
        }
    }

    private void apply(String line, List<Count> byNumber, Path file) throws IOException {
        try {
            String[] fields = line.substring(1).split(" ");
            switch (line.charAt(0)) {
                case 'm' -> {
                    Count count = new Count(byNumber.size());
                    byNumber.add(count);
                    counts.put(fields[0], count);
                }
                case 'c' -> byNumber.get(Integer.parseInt(fields[0])).calls++;
                case 't' -> byNumber.get(Integer.parseInt(fields[0])).throttled++;
                case 'n' -> {
                    Count count = byNumber.get(Integer.parseInt(fields[0]));
                    count.calls = Long.parseLong(fields[1]);
                    count.throttled = Long.parseLong(fields[2]);
                }
                default -> throw new IndexOutOfBoundsException("no such kind");
            }
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException(
                    file
                            + " has the line '"
                            + line
                            + "', expected m, c, t or n lines; move the file away to count from zero",
                    e);
        }
    }

    private static final class Count {
        private final int number;
        private long calls;
        private long throttled;

        private Count(int number) {
            this.number = number;
        }
    }
}
