package io.sluice.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.pipeline.replay.CallSample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/** What a history would have come to under other terms: once to sample calls, once to tell it. */
final class WhatIfReplay {
    private static final List<String> ASSUMPTIONS =
            List.of(
                    "Clients would have sent the same requests at the same times: none gives up,"
                            + " and none comes again after a rejection that it would not have got.",
                    "A call that really happened ends when it ended, and as it ended.",
                    "A call that never happened succeeds. Its input is the request's estimate,"
                            + " corrected by how far the tenant's estimates were off; its output"
                            + " tokens and its latency are those of one of the tenant's own calls"
                            + " (up to 512 of them are kept; of all tenants' if it has none; at"
                            + " most max_tokens). What it costs is marked as estimated.",
                    "A call that another model would have answered is taken to use as many tokens"
                            + " and as much time; what it costs is marked as estimated.",
                    "Prices of a version that is not archived beside the records are taken to be"
                            + " those that Sluice is shipped with.",
                    "Queues and capacity of the models are not modelled: every admitted call"
                            + " begins at once.",
                    "A policy file knows a tenant's tier at the time, not what an administrator"
                            + " overrode for it.");

    private final Map<String, long[]> samples = new HashMap<>();
    private final CallSample everyone = new CallSample();
    private final SortedMap<String, JsonNode> tenants = new TreeMap<>();

    ObjectNode run(FoldJob job, TermsFiles files, Span span) throws Exception {
        job.run(
                "what-if: calls",
                Excerpt.INPUT,
                new SampleFunction(job.repeats()),
                SampleFunction.RESULT,
                this::sample);
        job.run(
                "what-if: decisions",
                Excerpt.BODY,
                new WhatIfFunction(files, samples, everyone, span, job.repeats()),
                Types.STRING,
                this::take);
        ObjectNode happened = Json.object();
        ObjectNode would = Json.object();
        ArrayNode list = Json.object().putArray("tenants");
        for (JsonNode tenant : tenants.values()) {
            happened = TallyJson.sum(happened, tenant.path("happened"));
            would = TallyJson.sum(would, tenant.path("would"));
            list.add(tenant);
        }
        ObjectNode node = Json.object();
        node.set("happened", happened);
        node.set("would", would);
        node.set("tenants", list);
        ASSUMPTIONS.forEach(node.putArray("assumptions")::add);
        return node;
    }

    private void sample(Tuple2<String, long[]> sample) {
        samples.put(sample.f0, sample.f1);
        everyone.add(CallSample.of(sample.f1));
    }

    private void take(String tenant) {
        JsonNode node = Json.parse(tenant);
        tenants.put(node.path("tenant_id").asText(), node);
    }
}
