package io.sluice.local.replay;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.RecordedInput;
import io.sluice.contract.json.Json;
import io.sluice.pipeline.replay.CallSample;
import io.sluice.pipeline.replay.OtherTerms;
import io.sluice.pipeline.replay.WhatIfTenant;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/**
 * Tells each tenant's history again under other terms; emits, at the end of each tenant, as JSON,
 * what happened and what would have.
 */
final class WhatIfFunction extends TenantFold<String> {
    private static final long serialVersionUID = 1;

    private final TermsFiles files;
    private final HashMap<String, long[]> samples;
    private final long[] everyone;
    private final Span span;

    @SuppressWarnings("NullAway.Init")
    private transient OtherTerms terms;

    @SuppressWarnings("NullAway.Init")
    private transient WhatIfTenant tenant;

    /**
     * Under those terms.
     *
     * @param samples of calls, by tenant
     * @param everyone for tenants without calls
     */
    WhatIfFunction(
            TermsFiles files,
            Map<String, long[]> samples,
            CallSample everyone,
            Span span,
            Repeats repeats) {
        super(repeats);
        this.files = files;
        this.samples = new HashMap<>(samples);
        this.everyone = everyone.toNumbers();
        this.span = span;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        terms = files.read();
    }

    @Override
    void begin(String id) {
        CallSample sample = CallSample.of(samples.getOrDefault(id, everyone));
        tenant =
                new WhatIfTenant(
                        terms,
                        sample.isEmpty() ? CallSample.of(everyone) : sample,
                        span.fromMillis(),
                        span.toMillis());
    }

    /** Of each record all of its body is there. */
    @Override
    void next(String id, RecordedInput record, int file) {
        byte[] body =
                Arrays.copyOfRange(record.bytes(), record.from(), record.from() + record.length());
        tenant.add(
                new AuditRecord(
                        id,
                        record.seq(),
                        record.kind(),
                        record.arrivedAtMillis(),
                        record.hash(),
                        body));
    }

    @Override
    void end(String id, Collector<String> out) {
        tenant.finish();
        out.collect(Json.text(TallyJson.ofTenant(id, tenant.happened(), tenant.would())));
    }
}
