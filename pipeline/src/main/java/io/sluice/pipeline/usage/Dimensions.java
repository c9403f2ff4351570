package io.sluice.pipeline.usage;

import io.sluice.contract.Granularity;
import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.UsageKey;
import java.util.Objects;
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

    /** No labels at all. */
    public static final Dimensions NONE =
            new Dimensions(Names.NO_LABEL, Names.NO_LABEL, Names.NO_LABEL, Names.NO_LABEL);

    /** The labels of a request that is answered by that model. */
    public static Dimensions of(RequestFacts facts, String model) {
        return new Dimensions(
                model,
                facts.labels().endpoint(),
                orNone(facts.labels().agentId()),
                orNone(facts.labels().costCenter()));
    }

    /** The same labels for what another model answered. */
    public Dimensions answeredBy(String otherModel) {
        return new Dimensions(otherModel, endpoint, agentId, costCenter);
    }

    /** The model that answers. */
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

    /** The same row for settlements that came on that day and found the window closed. */
    UsageKey key(Granularity granularity, long atMillis, long lateDayMillis) {
        UsageKey key = key(granularity, atMillis);
        return lateDayMillis == UsageKey.ON_TIME
                ? key
                : key.toBuilder().lateDayMillis(lateDayMillis).build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Dimensions)) {
            return false;
        }
        Dimensions that = (Dimensions) other;
        return model.equals(that.model)
                && endpoint.equals(that.endpoint)
                && agentId.equals(that.agentId)
                && costCenter.equals(that.costCenter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(model, endpoint, agentId, costCenter);
    }

    private static String orNone(@Nullable String label) {
        return label == null ? Names.NO_LABEL : label;
    }
}
