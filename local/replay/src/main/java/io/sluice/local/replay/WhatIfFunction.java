package io.sluice.local.replay;

import io.sluice.contract.json.Json;
import io.sluice.pipeline.replay.CallSample;
import io.sluice.pipeline.replay.OtherTerms;
import io.sluice.pipeline.replay.WhatIfTenant;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple6;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Tells each tenant's history again under other terms.
 *
 * <p><b>Key and time</b>: as of {@link RefoldFunction}.
 *
 * <p><b>State</b>: none of Flink's; the tenant at hand, dropped when the next one comes.
 *
 * <p><b>Emits</b>: at the end of each tenant, as JSON, what happened and what would have.
 *
 * <p><b>On replay</b>: begins again.
 */
final class WhatIfFunction
        extends KeyedProcessFunction<
                String, Tuple6<String, Long, String, Long, byte[], byte[]>, String> {
    private static final long serialVersionUID = 1;

    private final TermsFiles files;
    private final HashMap<String, long[]> samples;
    private final long[] everyone;
    private final Span span;
    private final Repeats repeats;

    @SuppressWarnings("NullAway.Init")
    private transient OtherTerms terms;

    private transient @Nullable String tenantId;
    private transient @Nullable WhatIfTenant tenant;

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
        this.files = files;
        this.samples = new HashMap<>(samples);
        this.everyone = everyone.toNumbers();
        this.span = span;
        this.repeats = repeats;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        terms = files.read();
    }

    @Override
    public void processElement(
            Tuple6<String, Long, String, Long, byte[], byte[]> columns,
            Context context,
            Collector<String> out) {
        WhatIfTenant current = tenant;
        if (current == null || !columns.f0.equals(tenantId)) {
            CallSample sample = CallSample.of(samples.getOrDefault(columns.f0, everyone));
            current =
                    new WhatIfTenant(
                            terms,
                            sample.isEmpty() ? CallSample.of(everyone) : sample,
                            span.fromMillis(),
                            span.toMillis());
            tenant = current;
            tenantId = columns.f0;
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1);
        }
        if (!repeats.hasSeen(columns)) {
            current.add(Recorded.record(columns));
        }
    }

    @Override
    public void onTimer(long atMillis, OnTimerContext context, Collector<String> out) {
        WhatIfTenant ended = tenant;
        if (ended != null) {
            ended.finish();
            out.collect(
                    Json.text(
                            TallyJson.ofTenant(
                                    context.getCurrentKey(), ended.happened(), ended.would())));
        }
    }
}
