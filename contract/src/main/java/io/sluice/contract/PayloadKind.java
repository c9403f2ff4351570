package io.sluice.contract;

/** What a payload in the object store is. */
public enum PayloadKind {
    /** What the client sent, see {@link io.sluice.contract.json.PromptPayload}. */
    PROMPT("prompt"),
    /** What the model answered, see {@link io.sluice.contract.json.AnswerPayload}. */
    ANSWER("answer");

    private final String wireName;

    PayloadKind(String wireName) {
        this.wireName = wireName;
    }

    /** Its name in references and keys. */
    public String wireName() {
        return wireName;
    }

    /** The kind of that name; throws {@link IllegalArgumentException} if there is none. */
    public static PayloadKind ofWireName(String name) {
        for (PayloadKind kind : values()) {
            if (kind.wireName.equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("seen '" + name + "', expected prompt or answer");
    }
}
