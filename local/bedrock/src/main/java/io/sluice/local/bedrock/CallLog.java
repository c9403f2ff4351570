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
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Counts every call per model and region in an append-only file, so that a killed process loses
 * none that it took. A line is {@code m<id>[ <region>]} (the next model), {@code c<model number>}
 * (a call that reached the model), {@code t<model number>} (one that was throttled), {@code u<model
 * number>} (one whose connection was lost before the model saw it), or {@code n<model number>
 * <calls> <throttled> <unseen>} (totals so far; the file is compacted to these when opened). Used
 * by one thread.
 */
final class CallLog implements Closeable {

    private final Map<Reached, Count> counts = new LinkedHashMap<>();
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
    void called(String modelId, String region) throws IOException {
        Count count = count(modelId, region);
        append("c" + count.number);
        count.calls++;
    }

    /** Writes down a call that was throttled before it reached the model. */
    void throttled(String modelId, String region) throws IOException {
        Count count = count(modelId, region);
        append("t" + count.number);
        count.throttled++;
    }

    /** Writes down a call whose connection was lost before it reached the model. */
    void unseen(String modelId, String region) throws IOException {
        Count count = count(modelId, region);
        append("u" + count.number);
        count.unseen++;
    }

    /** Calls that reached the model, by model id. */
    Map<String, Long> calls() {
        return totals(Reached::modelId, Behavior.EVERYWHERE, c -> c.calls);
    }

    /** Calls that reached a model, by the region that they were signed for. */
    Map<String, Long> callsByRegion() {
        return totals(Reached::region, Behavior.EVERYWHERE, c -> c.calls);
    }

    /** Throttled calls by model id. */
    Map<String, Long> throttled() {
        return totals(Reached::modelId, Behavior.EVERYWHERE, c -> c.throttled);
    }

    /** Calls that the model never saw, by model id. */
    Map<String, Long> unseen() {
        return totals(Reached::modelId, Behavior.EVERYWHERE, c -> c.unseen);
    }

    /** All calls, whatever became of them, by model id; of one region or everywhere. */
    Map<String, Long> arrivals(String region) {
        return totals(Reached::modelId, region, Count::arrivals);
    }

    /** All calls of one model, whatever became of them; of one region or everywhere. */
    long arrivals(String modelId, String region) {
        return arrivals(region).getOrDefault(modelId, 0L);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private Count count(String modelId, String region) throws IOException {
        Reached reached = new Reached(modelId, region);
        Count known = counts.get(reached);
        if (known != null) {
            return known;
        }
        append("m" + reached.text());
        Count fresh = new Count(counts.size());
        counts.put(reached, fresh);
        return fresh;
    }

    private void append(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private Map<String, Long> totals(
            Function<Reached, String> key, String region, ToLongFunction<Count> of) {
        Map<String, Long> totals = new TreeMap<>();
        counts.forEach(
                (reached, count) -> {
                    if (region.equals(Behavior.EVERYWHERE) || region.equals(reached.region())) {
                        totals.merge(key.apply(reached), of.applyAsLong(count), Long::sum);
                    }
                });
        return totals;
    }

    private String compacted() {
        StringBuilder text = new StringBuilder();
        counts.keySet().forEach(id -> text.append('m').append(id.text()).append('\n'));
        counts.values()
                .forEach(
                        c ->
                                text.append('n')
                                        .append(c.number)
                                        .append(' ')
                                        .append(c.calls)
                                        .append(' ')
                                        .append(c.throttled)
                                        .append(' ')
                                        .append(c.unseen)
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
                    counts.put(new Reached(fields[0], field(fields, 1)), count);
                }
                case 'c' -> byNumber.get(Integer.parseInt(fields[0])).calls++;
                case 't' -> byNumber.get(Integer.parseInt(fields[0])).throttled++;
                case 'u' -> byNumber.get(Integer.parseInt(fields[0])).unseen++;
                case 'n' -> {
                    Count count = byNumber.get(Integer.parseInt(fields[0]));
                    count.calls = Long.parseLong(fields[1]);
                    count.throttled = Long.parseLong(fields[2]);
                    count.unseen = fields.length > 3 ? Long.parseLong(fields[3]) : 0;
                }
                default -> throw new IndexOutOfBoundsException("no such kind");
            }
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException(
                    file
                            + " has the line '"
                            + line
                            + "', expected m, c, t, u or n lines; move the file away to count from zero",
                    e);
        }
    }

    private static String field(String[] fields, int index) {
        return index < fields.length ? fields[index] : Behavior.EVERYWHERE;
    }

    /** A model in a region. */
    private record Reached(String modelId, String region) {
        String text() {
            return region.isEmpty() ? modelId : modelId + " " + region;
        }
    }

    private static final class Count {
        private final int number;
        private long calls;
        private long throttled;
        private long unseen;

        private Count(int number) {
            this.number = number;
        }

        private long arrivals() {
            return calls + throttled + unseen;
        }
    }
}
