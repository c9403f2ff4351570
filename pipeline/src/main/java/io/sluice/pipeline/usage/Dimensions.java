package io.sluice.pipeline.usage;

import io.sluice.contract.Granularity;
import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.UsageKey;
import org.jspecify.annotations.Nullable;

/** The labels that usage is kept apart by. */
public final class Dimensions {
    private final String model;
    private final String endpoint;
    private final String agentId;
    private final String costCenter;

    /** Labels as given; {@link Names#NO_LABEL} for none. */
    public Dimensions(String model, String endpoint, String agentId, String costCenter) {
        this.model = model;
        this.endpoint = endpoint;
        this.agentId = agentId;
        this.costCenter = costCenter;
    }

    /** The labels of a request. */
    public static Dimensions of(RequestFacts facts) {
        return new Dimensions(
                facts.model(),
                facts.labels().endpoint(),
                orNone(facts.labels().agentId()),
                orNone(facts.labels().costCenter()));
    }

    /** The model asked for. */
    public String model() {
        return model;
    }

    /** The endpoint label. */
    public String endpoint() {
        return endpoint;
    }

    /** The agent label. */
    public String agentId() {
        return agentId;
    }

    /** The cost centre label. */
    public String costCenter() {
        return costCenter;
    }

    /** The usage row of these labels in the window that holds {@code atMillis}. */
    public UsageKey key(Granularity granularity, long atMillis) {
        return UsageKey.builder()
                .granularity(granularity)
                .windowStartMillis(granularity.windowStart(atMillis))
                .model(model)
                .endpoint(endpoint)
                .agentId(agentId)
                .costCenter(costCenter)
                .build();
    }

    private static String orNone(@Nullable String label) {
        return label == null ? Names.NO_LABEL : label;
    }
}
