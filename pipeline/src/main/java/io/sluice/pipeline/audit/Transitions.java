package io.sluice.pipeline.audit;

import io.sluice.contract.audit.CanonicalWriter;
import java.util.ArrayList;
import java.util.List;

/** What one event brought about, in order. Not thread-safe; used again for each event. */
public final class Transitions {
    private final List<String> names = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();

    /** Forgets everything. */
    public void clear() {
        names.clear();
        subjects.clear();
    }

    /**
     * Adds one.
     *
     * @param name what happened
     * @param subject to which request, answer or conversation, by id or key
     */
    public void add(String name, String subject) {
        names.add(name);
        subjects.add(subject);
    }

    void write(CanonicalWriter out) {
        out.beginList();
        for (int i = 0; i < names.size(); i++) {
            out.beginObject()
                    .field("subject", subjects.get(i))
                    .field("what", names.get(i))
                    .endObject();
        }
        out.endList();
    }
}
