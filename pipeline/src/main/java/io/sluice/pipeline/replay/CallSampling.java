package io.sluice.pipeline.replay;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.audit.AuditInput;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.RecordedInput;
import io.sluice.contract.json.AuditInputJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Samples the calls of one tenant's records, which come in their order. Not thread-safe. */
public final class CallSampling {
    /** Requests whose call may still end; older ones are forgotten. */
    private static final int MOST_OPEN = 100_000;

    private final CallSample sample = new CallSample();
    private final Map<String, Long> estimates =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > MOST_OPEN;
                }
            };
    private @Nullable EffectivePolicy newest;

    /** Takes the next record. */
    public void add(AuditRecord record) {
        add(AuditInputJson.read(record, newest));
    }

    /** Takes the next record, of which only the input is at hand. */
    public void add(String tenantId, RecordedInput record) {
        add(AuditInputJson.read(tenantId, record, newest));
    }

    private void add(AuditInput input) {
        RequestFacts request = input.request();
        OutcomeFacts outcome = input.outcome();
        if (request != null) {
            newest = newer(newest, request.policy());
            estimates.put(request.requestId(), request.estimatedInputTokens());
        } else if (outcome != null) {
            Long estimated = estimates.remove(outcome.requestId());
            if (outcome.status() == OutcomeStatus.SUCCEEDED && !outcome.usage().estimated()) {
                long used =
                        outcome.usage().inputTokens()
                                + outcome.usage().cacheReadTokens()
                                + outcome.usage().cacheWriteTokens();
                sample.add(
                        outcome.requestId(),
                        estimated == null ? used : estimated,
                        used,
                        outcome.usage().outputTokens(),
                        Math.max(0, outcome.latencyMillis()));
            }
        }
    }

    static EffectivePolicy newer(@Nullable EffectivePolicy known, EffectivePolicy policy) {
        return known == null || policy.version() > known.version() ? policy : known;
    }

    /** What was sampled. */
    public CallSample sample() {
        return sample;
    }
}
