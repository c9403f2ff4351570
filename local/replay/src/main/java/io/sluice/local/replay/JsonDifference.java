package io.sluice.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Where two documents differ, a line for each value: {@code after.pending: recorded 1, now 2}. */
final class JsonDifference {
    private final List<String> lines = new ArrayList<>();

    private JsonDifference() {}

    static List<String> of(JsonNode recorded, JsonNode now) {
        JsonDifference difference = new JsonDifference();
        difference.compare("", recorded, now);
        return difference.lines;
    }

    private void compare(String path, JsonNode recorded, JsonNode now) {
        if (recorded.equals(now)) {
            return;
        }
        if (recorded.isObject() && now.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            recorded.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(
                        path.isEmpty() ? name : path + '.' + name,
                        recorded.path(name),
                        now.path(name));
            }
        } else if (recorded.isArray() && now.isArray()) {
            for (int i = 0; i < Math.max(recorded.size(), now.size()); i++) {
                compare(path + '[' + i + ']', recorded.path(i), now.path(i));
            }
        } else {
            lines.add(path + ": recorded " + shown(recorded) + ", now " + shown(now));
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
