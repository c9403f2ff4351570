package io.sluice.contract.policy;

import java.util.List;

/** A policy that cannot be used; there is one message for each thing that is wrong with it. */
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String[] messages;

    InvalidPolicyException(List<String> messages) {
        super(String.join("\n", messages));
        this.messages = messages.toArray(new String[0]);
    }

    /** What is wrong: the full path of a key, what was seen, what was expected. */
    public List<String> messages() {
        return List.of(messages);
    }
}
