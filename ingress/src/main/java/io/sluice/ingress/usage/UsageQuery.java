package io.sluice.ingress.usage;

import io.sluice.ingress.query.QueryFields;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a report is asked for.
 *
 * @param window the length of its windows
 * @param fromMillis start of the first window
 * @param toMillis end of the last window, exclusive
 * @param groups the labels that rows are kept apart by
 */
record UsageQuery(UsageWindow window, long fromMillis, long toMillis, Set<GroupBy> groups) {
    private static final Set<String> PARAMETERS = Set.of("from", "to", "granularity", "group");

    /** Times in the middle of a window stand for the whole window. */
    static UsageQuery of(Map<String, List<String>> parameters, long nowMillis) {
        QueryFields query = QueryFields.of(parameters, PARAMETERS);
        UsageWindow asked = query.word("granularity", UsageWindow::ofWireName);
        UsageWindow window = asked == null ? UsageWindow.HOUR : asked;
        long to = query.time("to", nowMillis);
        long from = query.time("from", to - window.usual().toMillis());
        if (from > to) {
            throw QueryFields.refused("from: expected a time before to.");
        }
        if (to - from > window.longest().toMillis()) {
            throw QueryFields.refused(
                    "from: by "
                            + window.wireName()
                            + ", at most "
                            + window.longest().toDays()
                            + " days can be reported at once.");
        }
        return new UsageQuery(
                window,
                window.start(from),
                to == window.start(to) && to > from ? to : window.end(to),
                GroupBy.parse(query.text("group")));
    }
}
