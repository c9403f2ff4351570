package io.sluice.contract.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Isolation;

/** The field that says how far a tenant's rows are kept apart; left out where they are not. */
final class IsolationJson {
    private static final String NAME = "isolation";

    private IsolationJson() {}

    static void write(ObjectNode node, Isolation isolation) {
        if (isolation != Isolation.POOLED) {
            node.put(NAME, isolation.wireName());
        }
    }

    static Isolation read(Fields fields) {
        return fields.has(NAME) ? fields.word(NAME, Isolation::ofWireName) : Isolation.POOLED;
    }
}
