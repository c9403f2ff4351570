package io.sluice.local.command.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.json.Json;
import io.sluice.local.command.api.Reply;
import org.junit.jupiter.api.Test;

class TenantTotalsTest {
    private final TenantTotals totals = new TenantTotals();

    @Test
    void costsAddUpExactly() {
        for (int i = 0; i < 3; i++) {
            totals.add(succeeded("invoked", "0.000000000001"));
        }
        assertThat(totals.json().path("cost_usd").asText()).isEqualTo("0.000000000003");
    }

    @Test
    void answersAreCountedByWhereTheyCameFrom() {
        totals.add(succeeded("invoked", "0.1"));
        totals.add(succeeded("cache_hit", "0"));
        totals.add(succeeded("coalesced", "0"));
        assertThat(totals.cells("t"))
                .containsExactly("t", "3", "3", "1", "1", "0", "0", "15", "6", "0.1");
    }

    @Test
    void rejectionIsReadFromTheItemInsideTheProblem() {
        totals.add(
                new Reply(
                        429,
                        Json.parse(
                                "{\"title\":\"Quota exceeded\",\"request\":{\"status\":\"rejected\","
                                        + "\"decision\":{\"outcome\":\"rejected\",\"reason\":\"requests-per-minute\"},"
                                        + "\"usage\":{\"input_tokens\":0,\"output_tokens\":0},\"cost_usd\":\"0\"}}")));
        assertThat(totals.cells("t")[5]).isEqualTo("1 requests-per-minute");
        assertThat(totals.failed()).isEmpty();
    }

    @Test
    void whatIsNeitherAnsweredNorRejectedFailed() {
        totals.add(new Reply(503, Json.object().put("title", "busy")));
        totals.add(new Reply(200, Json.object().put("status", "queued")));
        totals.addUnreachable("no connection");
        assertThat(totals.cells("t")[6])
                .isEqualTo("1 HTTP 503, 1 no answer in time, 1 no connection");
        assertThat(totals.submitted()).isEqualTo(3);
    }

    private static Reply succeeded(String outcome, String costUsd) {
        return new Reply(
                200,
                Json.parse(
                        String.format(
                                "{\"status\":\"succeeded\",\"decision\":{\"outcome\":\"%s\"},"
                                        + "\"usage\":{\"input_tokens\":5,\"output_tokens\":2},\"cost_usd\":\"%s\"}",
                                outcome, costUsd)));
    }
}
