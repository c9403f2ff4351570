package io.sluice.sinks.aws;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What waits, in one line per tenant. The lines take turns, one piece of work each, so that whoever
 * has little to do waits for the number of lines and not for the length of another's. Within a line
 * the order is that of arrival. Not thread-safe.
 */
final class Turns<W> {
    /** Lines with something in them, the one whose turn it is first. */
    private final Map<String, ArrayDeque<W>> lines = new LinkedHashMap<>();

    void add(String line, W work) {
        lines.computeIfAbsent(line, key -> new ArrayDeque<>()).add(work);
    }

    /** Takes what is next; throws if nothing waits. */
    W next() {
        Iterator<Map.Entry<String, ArrayDeque<W>>> first = lines.entrySet().iterator();
        if (!first.hasNext()) {
            throw new NoSuchElementException("nothing waits");
        }
        Map.Entry<String, ArrayDeque<W>> line = first.next();
        first.remove();
        W work = line.getValue().remove();
        if (!line.getValue().isEmpty()) {
            lines.put(line.getKey(), line.getValue());
        }
        return work;
    }
}
