package io.sluice.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.PriceBook;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.policy.PolicyDocument;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhatIfTenantTest {
    private static final String PLENTY =
            """
            default_tier: small
            tiers:
              small: {requests_per_minute: 100000, requests_per_day: 1000000}
              paid: {requests_per_minute: 100000, requests_per_day: 1000000}
            """;

    private static final String NOTHING =
            """
            default_tier: small
            tiers:
              small: {requests_per_minute: 1, requests_per_day: 3}
              paid: {requests_per_minute: 1, requests_per_day: 3}
            """;

    @Test
    void underTheTermsInForceNothingChanges() throws Exception {
        for (int seed = 1; seed <= 5; seed++) {
            for (List<AuditRecord> records : histories(seed)) {
                WhatIfTenant tenant = told(records, new OtherTerms(null, null, v -> Trace.PRICES));
                assertThat(figures(tenant.would())).isEqualTo(figures(tenant.happened()));
                assertThat(tenant.would().estimatedCalls()).isZero();
                assertThat(tenant.happened().requests()).isPositive();
            }
        }
    }

    @Test
    void withoutLimitsEverythingIsAdmittedAndWhatNeverHappenedIsMarked() throws Exception {
        OtherTerms terms = new OtherTerms(policy(PLENTY), null, v -> Trace.PRICES);
        long estimated = 0;
        for (List<AuditRecord> records : histories(7)) {
            WhatIfTenant tenant = told(records, terms);
            Tally would = tenant.would();
            assertThat(would.requests()).isEqualTo(tenant.happened().requests());
            assertThat(would.rejected()).isEmpty();
            assertThat(would.calls()).isEqualTo(would.invoked());
            estimated += would.estimatedCalls();
        }
        assertThat(estimated).isPositive();
    }

    @Test
    void tighterLimitsRejectMoreAndCostLess() throws Exception {
        OtherTerms terms = new OtherTerms(policy(NOTHING), null, v -> Trace.PRICES);
        for (List<AuditRecord> records : histories(8)) {
            WhatIfTenant tenant = told(records, terms);
            assertThat(tenant.would().admitted()).isLessThanOrEqualTo(3);
            assertThat(tenant.would().rejected())
                    .containsOnlyKeys("requests-per-minute", "requests-per-day");
            assertThat(tenant.would().costPicoUsd())
                    .isLessThanOrEqualTo(tenant.happened().costPicoUsd());
        }
    }

    @Test
    void otherPricesBillTheSameCallsAnew() throws Exception {
        PriceBook dearer = Trace.PRICES;
        OtherTerms terms = new OtherTerms(null, dearer, v -> Trace.PRICES);
        for (List<AuditRecord> records : histories(9)) {
            WhatIfTenant tenant = told(records, terms);
            assertThat(tenant.would().costPicoUsd())
                    .as("the same prices")
                    .isEqualTo(tenant.happened().costPicoUsd());
        }
    }

    @Test
    void beforeTheGivenMomentItIsAsItWas() throws Exception {
        for (List<AuditRecord> records : histories(10)) {
            long middle = records.get(records.size() / 2).arrivedAtMillis();
            WhatIfTenant tenant =
                    new WhatIfTenant(
                            new OtherTerms(policy(NOTHING), null, v -> Trace.PRICES),
                            sample(records),
                            middle,
                            Long.MAX_VALUE);
            records.forEach(tenant::add);
            tenant.finish();
            long counted =
                    records.stream()
                            .filter(record -> record.arrivedAtMillis() >= middle)
                            .filter(record -> record.kind().wireName().equals("request"))
                            .count();
            assertThat(tenant.happened().requests()).isEqualTo(counted);
            assertThat(tenant.would().requests()).isEqualTo(counted);
        }
    }

    @Test
    void sampleIsTheSameAfterItWasCarried() throws Exception {
        CallSample sample = sample(histories(11).get(0));
        CallSample carried = CallSample.of(sample.toNumbers());
        assertThat(carried.toNumbers()).isEqualTo(sample.toNumbers());
        assertThat(carried.outputTokens("req_1")).isEqualTo(sample.outputTokens("req_1"));
        assertThat(carried.inputTokens(100)).isEqualTo(sample.inputTokens(100));
    }

    private static List<List<AuditRecord>> histories(int seed) throws Exception {
        return SimulatedLogs.of(seed, 3, 300).logs.values().stream()
                .map(WrittenArchive::records)
                .toList();
    }

    private static WhatIfTenant told(List<AuditRecord> records, OtherTerms terms) {
        WhatIfTenant tenant =
                new WhatIfTenant(terms, sample(records), Long.MIN_VALUE, Long.MAX_VALUE);
        records.forEach(tenant::add);
        tenant.finish();
        return tenant;
    }

    private static CallSample sample(List<AuditRecord> records) {
        CallSampling sampling = new CallSampling();
        records.forEach(sampling::add);
        return sampling.sample();
    }

    private static PolicyDocument policy(String yaml) throws Exception {
        return PolicyDocument.read(yaml, Trace.PRICES);
    }

    private static List<Object> figures(Tally tally) {
        return List.of(
                tally.requests(),
                tally.invoked(),
                tally.cacheHits(),
                tally.coalesced(),
                tally.rejected(),
                tally.calls(),
                tally.costPicoUsd(),
                tally.inputTokens(),
                tally.outputTokens());
    }
}
