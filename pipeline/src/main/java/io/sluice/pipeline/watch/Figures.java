package io.sluice.pipeline.watch;

import io.sluice.contract.Metric;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.alert.AlertRules;
import io.sluice.pipeline.alert.Observation;
import io.sluice.sinks.cloudwatch.MetricSample;
import java.util.function.Consumer;

/** What an observation adds to the metrics, beyond requests and cost. Pure. */
final class Figures {
    private final AlertRules rules;

    /** Figures that call slow what these rules call slow. */
    Figures(AlertRules rules) {
        this.rules = rules;
    }

    /** Gives the samples of one observation. */
    void of(Observation seen, Consumer<MetricSample> out) {
        if (seen.verdict() == null) {
            ofEnd(seen, out);
        } else {
            ofDecision(seen, out);
        }
    }

    private static void ofDecision(Observation seen, Consumer<MetricSample> out) {
        long at = seen.atMillis();
        boolean rejected = seen.verdict() == Verdict.REJECTED;
        out.accept(MetricSample.of(Metric.REJECTED_SHARE, at, rejected ? 1 : 0, seen.tier()));
        if (rejected) {
            String reason = String.valueOf(seen.reason());
            out.accept(MetricSample.of(Metric.REJECTIONS, at, 1, reason, seen.tenantId()));
        } else if (seen.verdict() == Verdict.CACHE_HIT) {
            out.accept(MetricSample.of(Metric.CACHE_HITS, at, 1, seen.tenantId()));
        }
        if (seen.unpriced()) {
            out.accept(MetricSample.of(Metric.UNPRICED, at, 1, seen.model()));
        }
    }

    private void ofEnd(Observation seen, Consumer<MetricSample> out) {
        long at = seen.atMillis();
        tokens("input", seen.usage().inputTokens(), seen, out);
        tokens("output", seen.usage().outputTokens(), seen, out);
        tokens("cache-read", seen.usage().cacheReadTokens(), seen, out);
        tokens("cache-write", seen.usage().cacheWriteTokens(), seen, out);
        if (!seen.judgesService()) {
            return;
        }
        boolean succeeded = seen.succeeded();
        out.accept(MetricSample.of(Metric.FAILED_SHARE, at, succeeded ? 0 : 1, seen.tier()));
        if (succeeded) {
            boolean slow = seen.isSlow(rules.objective(seen.tier()));
            out.accept(MetricSample.of(Metric.SLOW_SHARE, at, slow ? 1 : 0, seen.tier()));
            out.accept(MetricSample.of(Metric.LATENCY, at, seen.latencyMillis(), seen.model()));
        } else {
            String reason = String.valueOf(seen.reason());
            out.accept(MetricSample.of(Metric.ERRORS, at, 1, seen.model(), reason));
        }
    }

    private static void tokens(
            String kind, long count, Observation seen, Consumer<MetricSample> out) {
        if (count > 0) {
            out.accept(
                    MetricSample.of(Metric.TOKENS, seen.atMillis(), count, kind, seen.tenantId()));
        }
    }
}
