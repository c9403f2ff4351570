package io.sluice.sinks.aws;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What waits, in one line per tenant. The lines take turns, one piece of work each, so that whoever
 * has little to do waits for the number of lines and not for the length of another's. Within a line
 * what ends something comes before what starts something: work that was paid for is not kept
 * waiting by work that has not begun. What is new and what an earlier run left take turns: after a
 * restart a new request does not wait for all of its tenant's backlog. Otherwise the order is that
 * of arrival. Not thread-safe.
 */
final class Turns<W> {
    /** Lines with something in them, the one whose turn it is first. */
    private final Map<String, Line<W>> lines = new LinkedHashMap<>();

    void add(String line, Stage stage, W work) {
        Line<W> waiting = lines.computeIfAbsent(line, key -> new Line<>());
        waiting.at(stage).add(work);
    }

    /** Takes what is next; throws if nothing waits. */
    W next() {
        Iterator<Map.Entry<String, Line<W>>> first = lines.entrySet().iterator();
        if (!first.hasNext()) {
            throw new NoSuchElementException("nothing waits");
        }
        Map.Entry<String, Line<W>> turn = first.next();
        first.remove();
        Line<W> line = turn.getValue();
        W work = line.next();
        if (!line.isEmpty()) {
            lines.put(turn.getKey(), line);
        }
        return work;
    }

    private static final class Line<W> {
        private final ArrayDeque<W> ends = new ArrayDeque<>();
        private final ArrayDeque<W> starts = new ArrayDeque<>();
        private final ArrayDeque<W> again = new ArrayDeque<>();
        private boolean startedLast;

        ArrayDeque<W> at(Stage stage) {
            switch (stage) {
                case END:
                    return ends;
                case START:
                    return starts;
                default:
                    return again;
            }
        }

        W next() {
            if (!ends.isEmpty()) {
                return ends.remove();
            }
            startedLast = !starts.isEmpty() && (again.isEmpty() || !startedLast);
            return (startedLast ? starts : again).remove();
        }

        boolean isEmpty() {
            return ends.isEmpty() && starts.isEmpty() && again.isEmpty();
        }
    }
}
