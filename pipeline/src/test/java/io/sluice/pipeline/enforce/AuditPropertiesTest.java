package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.SortedJson;
import io.sluice.pipeline.replay.RefoldedTenant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.jspecify.annotations.Nullable;

/** Every transition has one record, records are chained, and their inputs alone give them again. */
@Domain(Schedules.class)
@Domain(DomainContext.Global.class)
class AuditPropertiesTest {
    @Property
    void a1RecordsAreTheSameToTheBitWhereverTheStateLies(@ForAll Schedule schedule) {
        assertThat(records(schedule.log(), new StoredTenantState()))
                .isEqualTo(records(schedule.log(), new MemoryTenantState()));
    }

    @Property
    void a4EveryTransitionHasItsPlaceInOneChain(@ForAll Schedule schedule) {
        byte[] hash = AuditRecord.genesis();
        long seq = 0;
        for (AuditRecord record : records(schedule.log(), new MemoryTenantState())) {
            JsonNode body = Json.parse(record.body());
            seq++;
            assertThat(record.seq()).isEqualTo(seq);
            assertThat(body.path("seq").asLong()).isEqualTo(seq);
            assertThat(body.path("prev_hash").asText()).isEqualTo(HexFormat.of().formatHex(hash));
            assertThat(record.hash()).isEqualTo(AuditRecord.hashOf(record.body()));
            assertThat(Json.bytes(SortedJson.of(body))).as("canonical").isEqualTo(record.body());
            hash = record.hash();
        }
    }

    @Property
    void a1RecordsAloneGiveTheSameRecordsAgain(@ForAll Schedule schedule) {
        RefoldedTenant again = new RefoldedTenant();
        for (AuditRecord record : records(schedule.log(), new MemoryTenantState())) {
            AuditRecord refolded = again.next(record);
            assertThat(refolded).isNotNull();
            assertThat(Json.parse(refolded.body())).isEqualTo(Json.parse(record.body()));
            assertThat(refolded).isEqualTo(record);
        }
    }

    @Property
    void a5EveryDecisionExplainsItself(@ForAll Schedule schedule) {
        for (AuditRecord record : records(schedule.log(), new MemoryTenantState())) {
            JsonNode body = Json.parse(record.body());
            assertThat(body.path("before").size())
                    .isEqualTo(8)
                    .isEqualTo(body.path("after").size());
            if (body.path("kind").asText().equals("request")) {
                JsonNode decision = body.path("decision");
                String requestId = body.path("input").path("request_id").asText();
                assertThat(decision.path("policy_version").asInt()).isPositive();
                assertThat(decision.path("decided_at_millis").asLong())
                        .isEqualTo(body.path("after").path("clock_millis").asLong());
                assertThat(body.path("transitions").findValuesAsText("subject"))
                        .contains(requestId);
                if (decision.path("outcome").asText().equals("rejected")) {
                    assertThat(decision.path("reason").isTextual()).isTrue();
                }
            }
            List<String> what = body.path("transitions").findValuesAsText("what");
            assertThat(what.contains("policy-changed"))
                    .isEqualTo(body.path("input").path("policy").has("tier"));
            assertThat(what.contains("shed"))
                    .isEqualTo(body.path("input").path("reason").asText().equals(Names.LANE_FULL));
        }
    }

    private static List<AuditRecord> records(List<LogRecord> log, TenantState state) {
        AuditedEngine engine = new AuditedEngine();
        EffectsLog effects = new EffectsLog();
        List<AuditRecord> records = new ArrayList<>();
        for (LogRecord event : log) {
            AuditRecord record = apply(engine, state, event, effects);
            if (record != null) {
                records.add(record);
            }
        }
        return records;
    }

    private static @Nullable AuditRecord apply(
            AuditedEngine engine, TenantState state, LogRecord event, Effects effects) {
        long at = event.arrivedAtMillis();
        if (event.event() instanceof RequestEvent request) {
            return engine.onRequest(state, request.facts(), at, effects);
        }
        if (event.event() instanceof OutcomeEvent outcome) {
            return engine.onOutcome(state, outcome.facts(), at, effects);
        }
        return engine.onCommand(state, (CommandEvent) event.event(), at, effects);
    }
}
