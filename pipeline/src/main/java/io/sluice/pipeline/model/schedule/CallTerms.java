package io.sluice.pipeline.model.schedule;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.util.List;

/** What the scheduler goes by for one call. Immutable. */
public final class CallTerms {
    /** About as many bytes of earlier turns make a token; what was used settles it. */
    private static final int BYTES_PER_TOKEN = 4;

    private final String tenantId;
    private final List<String> targets;
    private final long tokens;
    private final Priority priority;
    private final int maxConcurrent;
    private final int weight;
    private final long bytes;
    private final long deadlineAtMillis;

    /**
     * Terms of a call.
     *
     * @param targets keys of where it may be called, first to be tried first: whatever has a
     *     capacity of its own
     * @param tokens what it reserves of the target's quota, at least 1
     * @param maxConcurrent the tenant's calls at once, {@link EffectivePolicy#UNLIMITED} for no
     *     bound; the newest call's figure is in force
     * @param weight the tenant's share in relation to others, at least 1; the newest call's figure
     *     is in force
     * @param bytes what it takes while it waits
     */
    CallTerms(
            String tenantId,
            List<String> targets,
            long tokens,
            Priority priority,
            int maxConcurrent,
            int weight,
            long bytes,
            long deadlineAtMillis) {
        this.tenantId = tenantId;
        this.targets = List.copyOf(targets);
        this.tokens = Math.max(1, tokens);
        this.priority = priority;
        this.maxConcurrent =
                maxConcurrent == EffectivePolicy.UNLIMITED ? Integer.MAX_VALUE : maxConcurrent;
        this.weight = Math.max(1, weight);
        this.bytes = bytes;
        this.deadlineAtMillis = deadlineAtMillis;
    }

    /** The terms that an admitted request and its policy give at those targets. */
    public static CallTerms of(AdmittedRequest admitted, List<String> targets) {
        RequestFacts facts = admitted.request().facts();
        EffectivePolicy policy = facts.policy();
        long earlierBytes = 0;
        for (String turn : admitted.earlierTurns()) {
            earlierBytes += turn.length();
        }
        return new CallTerms(
                facts.tenantId(),
                targets,
                facts.estimatedInputTokens() + earlierBytes / BYTES_PER_TOKEN + facts.maxTokens(),
                facts.priority(),
                policy.maxConcurrent(),
                policy.weight(),
                bytesOf(admitted),
                facts.deadlineAtMillis());
    }

    /**
     * What a request takes while it waits: prompt, earlier turns and the answer to fall back on.
     */
    public static long bytesOf(AdmittedRequest admitted) {
        String stale = admitted.staleAnswer();
        long bytes = stale == null ? 0 : stale.length();
        bytes += admitted.request().payload().length();
        for (String turn : admitted.earlierTurns()) {
            bytes += turn.length();
        }
        return bytes;
    }

    String tenantId() {
        return tenantId;
    }

    /** Keys of where it may be called, first to be tried first. */
    public List<String> targets() {
        return targets;
    }

    /**
     * What it reserves of the target's quota: input and the most of output, as Bedrock does when a
     * call starts.
     */
    long tokens() {
        return tokens;
    }

    Priority priority() {
        return priority;
    }

    /** Where it waits and runs. */
    public Lane lane() {
        return Lane.of(priority);
    }

    /**
     * When a call that came then counts as arrived, see {@link ScheduledCall#rankMillis}.
     *
     * @param agingMillis after which a normal call counts as high
     */
    long rankMillis(long offeredAtMillis, long agingMillis) {
        return offeredAtMillis + agings(priority) * agingMillis;
    }

    /** The tenant's calls at once; {@link Integer#MAX_VALUE} for no bound. */
    int maxConcurrent() {
        return maxConcurrent;
    }

    int weight() {
        return weight;
    }

    long bytes() {
        return bytes;
    }

    long deadlineAtMillis() {
        return deadlineAtMillis;
    }

    private static int agings(Priority priority) {
        switch (priority) {
            case HIGH:
                return 0;
            case NORMAL:
                return 1;
            default:
                return 2;
        }
    }
}
