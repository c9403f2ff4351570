package io.sluice.ingress.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import io.sluice.ingress.result.ResultKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeResultsTest {
    private static final ResultKey KEY = new ResultKey("acme", "req_1");

    private final MapSharedCache shared = new MapSharedCache();
    private long nowNanos;
    private final EdgeResults results = new EdgeResults(shared, () -> nowNanos);

    @Test
    void whoReadAResultGetsItForFiveMinutes() {
        results.put("key1", item("req_1", "answer"));
        shared.values.clear();
        nowNanos = EdgeResults.LIFE.toNanos() - 1;
        assertThat(results.get("key1", KEY).join()).contains(item("req_1", "answer"));
        nowNanos = EdgeResults.LIFE.toNanos();
        assertThat(results.get("key1", KEY).join()).isEmpty();
    }

    @Test
    void anotherKeyDoesNotReadWhatThisNodeHolds() {
        results.put("key1", item("req_1", "answer"));
        shared.values.clear();
        assertThat(results.get("key2", KEY).join()).isEmpty();
    }

    @Test
    void anotherNodeGetsItFromTheSharedCacheAndHoldsIt() {
        results.put("key1", item("req_1", "answer"));
        EdgeResults other = new EdgeResults(shared, () -> nowNanos);
        assertThat(other.get("key1", KEY).join()).contains(item("req_1", "answer"));
        shared.values.clear();
        assertThat(other.get("key1", KEY).join()).contains(item("req_1", "answer"));
    }

    @Test
    void aValueOfAnotherTenantOrRequestIsNotTaken() {
        results.put("key1", item("req_1", "answer"));
        byte[] value = shared.values.get("sluice:v1:acme:result:req_1");
        shared.values.put("sluice:v1:other:result:req_1", value);
        shared.values.put("sluice:v1:acme:result:req_2", value);
        assertThat(results.get("key1", new ResultKey("other", "req_1")).join()).isEmpty();
        assertThat(results.get("key1", new ResultKey("acme", "req_2")).join()).isEmpty();
    }

    @Test
    void whatIsHeldIsBoundedByItsSize() {
        int bytes = 2_000_000;
        String answer = "x".repeat(bytes / 2);
        for (int i = 0; i < 100; i++) {
            results.put("key1", item("req_" + i, answer));
        }
        shared.values.clear();
        long held =
                java.util.stream.IntStream.range(0, 100)
                        .filter(
                                i ->
                                        results.get("key1", new ResultKey("acme", "req_" + i))
                                                .join()
                                                .isPresent())
                        .count();
        assertThat(held).isBetween(1L, EdgeResults.MOST_BYTES / bytes);
    }

    private static ResultItem item(String id, String output) {
        return ResultItem.builder()
                .tenantId("acme")
                .requestId(id)
                .status(ResultStatus.SUCCEEDED)
                .decision(
                        Decision.builder()
                                .outcome(Verdict.INVOKED)
                                .retryAfterMillis(-1)
                                .limits(List.of())
                                .policyVersion(1)
                                .decidedAtMillis(1)
                                .seq(1)
                                .build())
                .output(output)
                .usage(Usage.of(1, 1))
                .priceVersion("p1")
                .model("m")
                .endpoint("chat")
                .attempt(1)
                .expiresAtSeconds(1)
                .build();
    }
}
