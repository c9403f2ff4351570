package io.sluice.ingress.dashboard;

import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.result.ResultKey;
import io.sluice.ingress.result.ResultStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Results in memory, of which only the newest are read. */
final class ResultTable implements ResultStore {
    final List<ResultItem> items = new ArrayList<>();
    final List<String> reads = new ArrayList<>();

    @Override
    public CompletableFuture<List<ResultItem>> newest(String tenantId, int most) {
        reads.add(tenantId);
        return CompletableFuture.completedFuture(
                items.stream()
                        .filter(item -> item.tenantId().equals(tenantId))
                        .sorted(Comparator.comparing(ResultItem::requestId).reversed())
                        .limit(most)
                        .toList());
    }

    static ResultItem answered(String tenantId, long atMillis, long latencyMillis) {
        return item(tenantId, atMillis, ResultStatus.SUCCEEDED, Verdict.INVOKED, null).toBuilder()
                .latencyMillis(latencyMillis)
                .finishedAtMillis(atMillis + latencyMillis)
                .build();
    }

    static ResultItem rejected(String tenantId, long atMillis, String reason) {
        return item(tenantId, atMillis, ResultStatus.REJECTED, Verdict.REJECTED, reason);
    }

    private static ResultItem item(
            String tenantId, long atMillis, ResultStatus status, Verdict verdict, String reason) {
        return ResultItem.builder()
                .tenantId(tenantId)
                .requestId(RequestIds.lowerBound(atMillis))
                .status(status)
                .decision(
                        decision(atMillis, List.of(), 1).toBuilder()
                                .outcome(verdict)
                                .reason(reason)
                                .build())
                .usage(Usage.of(1, 1))
                .priceVersion("p1")
                .model("m")
                .endpoint("chat")
                .attempt(1)
                .receivedAtMillis(atMillis)
                .finishedAtMillis(atMillis)
                .expiresAtSeconds(atMillis / 1_000 + ResultItem.RETENTION_SECONDS)
                .build();
    }

    static Decision decision(long atMillis, List<LimitStatus> limits, long seq) {
        return Decision.builder()
                .outcome(Verdict.INVOKED)
                .retryAfterMillis(-1)
                .limits(limits)
                .policyVersion(1)
                .decidedAtMillis(atMillis)
                .seq(seq)
                .build();
    }

    @Override
    public CompletableFuture<Optional<ResultItem>> get(ResultKey key) {
        throw new UnsupportedOperationException("not read by views");
    }

    @Override
    public CompletableFuture<Found> find(Set<ResultKey> keys) {
        throw new UnsupportedOperationException("not read by views");
    }

    @Override
    public CompletableFuture<Page> list(
            String tenantId, String lowest, String highest, ResultStatus status, int limit) {
        throw new UnsupportedOperationException("not read by views");
    }
}
