package io.sluice.contract.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Models that share a tokenizer, as far as estimates care. */
public enum ModelFamily {
    /** Claude. */
    ANTHROPIC("anthropic", "anthropic."),
    /** Nova and Titan. */
    AMAZON("amazon", "amazon."),
    /** Llama. */
    META("meta", "meta."),
    /** Mistral, Mixtral, Pixtral. */
    MISTRAL("mistral", "mistral."),
    /** gpt-oss. */
    OPENAI("openai", "openai."),
    /** DeepSeek. */
    DEEPSEEK("deepseek", "deepseek."),
    /** Qwen. */
    QWEN("qwen", "qwen."),
    /** All others: the most cautious figures. */
    UNKNOWN("unknown", "");

    private final String wireName;
    private final String idStart;

    ModelFamily(String wireName, String idStart) {
        this.wireName = wireName;
        this.idStart = idStart;
    }

    /** The name in policies. */
    public String wireName() {
        return wireName;
    }

    /**
     * The family by a model id without profile prefix and ARN, {@link #UNKNOWN} if it tells none.
     */
    static ModelFamily ofBareId(String id) {
        return Arrays.stream(values())
                .filter(f -> id.startsWith(f.idStart))
                .findFirst()
                .orElseThrow();
    }

    /** The family of a model id, inference-profile id or ARN, by what the id itself says. */
    public static ModelFamily ofId(String id) {
        return ofBareId(ModelId.bare(id));
    }

    static Optional<ModelFamily> ofWireName(String name) {
        return Arrays.stream(values()).filter(f -> f.wireName.equals(name)).findFirst();
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(ModelFamily::wireName).collect(Collectors.toList());
    }
}
