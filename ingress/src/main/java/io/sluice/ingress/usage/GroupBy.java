package io.sluice.ingress.usage;

import io.sluice.contract.UsageKey;
import io.sluice.ingress.query.QueryFields;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A label that usage may be kept apart by. */
enum GroupBy {
    MODEL("model"),
    ENDPOINT("endpoint"),
    AGENT_ID("agent_id"),
    COST_CENTER("cost_center");

    private final String wireName;

    GroupBy(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    String labelOf(UsageKey key) {
        return switch (this) {
            case MODEL -> key.model();
            case ENDPOINT -> key.endpoint();
            case AGENT_ID -> key.agentId();
            case COST_CENTER -> key.costCenter();
        };
    }

    /** The set of a parameter such as {@code model,endpoint}; null is the empty set. */
    static Set<GroupBy> parse(@Nullable String parameter) {
        EnumSet<GroupBy> groups = EnumSet.noneOf(GroupBy.class);
        if (parameter == null) {
            return groups;
        }
        for (String word : parameter.split(",", -1)) {
            boolean known = false;
            for (GroupBy value : values()) {
                if (value.wireName.equals(word.trim())) {
                    known = groups.add(value);
                }
            }
            if (!known) {
                throw QueryFields.refused(
                        "group: expected any of model, endpoint, agent_id, cost_center, each once,"
                                + " separated by commas.");
            }
        }
        return groups;
    }
}
