package io.sluice.pipeline.model;

/** One attempt to have a model answer a prompt. Immutable. */
final class ModelCall {
    private final String tenantId;
    private final String requestId;
    private final String model;
    private final String payload;

    ModelCall(String tenantId, String requestId, String model, String payload) {
        this.tenantId = tenantId;
        this.requestId = requestId;
        this.model = model;
        this.payload = payload;
    }

    String tenantId() {
        return tenantId;
    }

    String requestId() {
        return requestId;
    }

    /** Model id, inference-profile id or ARN. */
    String model() {
        return model;
    }

    /** The prompt, see {@link io.sluice.contract.json.PromptPayload}. */
    String payload() {
        return payload;
    }

    /** Everything but the prompt. */
    @Override
    public String toString() {
        return "call of " + model + " for " + tenantId + "/" + requestId;
    }
}
