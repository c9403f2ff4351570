package io.sluice.sinks.letter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.json.DeadLetterJson;
import io.sluice.sinks.versioned.ItemForm;

/** How dead letters that are not written yet lie in a checkpoint: whole. */
public final class DeadLetterForm implements ItemForm<DeadLetter> {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return "letters";
    }

    @Override
    public ObjectNode write(DeadLetter letter) {
        return DeadLetterJson.write(letter);
    }

    @Override
    public DeadLetter read(JsonNode node) {
        return DeadLetterJson.read(node);
    }
}
