package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.CacheRules;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.UsageCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a tenant that has gone silent leaves, and how it is cleared: by a command in its log. */
class SilentTenantTest {
    private static final long NOW = Facts.NOON;
    private static final long TEN_MINUTES = 600_000;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    /** All limits on, and the longest tenant id there is. */
    private static final String TENANT = "a".repeat(50);

    private static final EffectivePolicy POLICY =
            Facts.policy()
                    .hash("ab".repeat(32))
                    .tier("enterprise")
                    .requestsPerMinute(1_000)
                    .requestsPerDay(10_000_000)
                    .tokensPerMinute(2_000_000)
                    .maxPending(1_000)
                    .dayBudget(
                            Budget.of(5_000_000_000_000_000L, BudgetAction.DOWNGRADE, Facts.MODEL))
                    .monthBudget(Models.block(50_000_000_000_000_000L))
                    .cache(CacheRules.SHIPPED)
                    .build();

    private static final String[] ENTRIES = {
        "minute-log-chunks",
        "seen-id-chunks",
        "holds",
        "cache-slots",
        "conversations",
        "parked-requests",
        "answer-texts",
        "conversation-texts"
    };

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aHoldWhoseOutcomeNeverCameIsEndedByACommandThatATimerAppends(Backend backend)
            throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.passTo(NOW);
            harness.process(record(request(1).build(), NOW));
            long due = NOW + 60_000 + Admission.GRACE_MILLIS;
            harness.passTo(due - 1);
            assertThat(harness.commands()).as("nothing is overdue").isEmpty();
            harness.passTo(due + TEN_MINUTES);
            assertThat(harness.commands()).hasSize(1);
            CommandEvent command = harness.commands().get(0);
            assertThat(command.name()).isEqualTo(Names.EXPIRE);
            assertThat(command.tenantId()).isEqualTo(TENANT);
            assertThat(harness.usage()).as("the timer itself decides nothing").hasSize(1);
            harness.process(new LogRecord(command, due + TEN_MINUTES, "e"));
            assertThat(harness.usage().get(1).counts()).isEqualTo(UsageCounts.NONE);
            harness.process(record(request(2).build(), due + TEN_MINUTES));
            assertThat(harness.decisions().get(1).limits())
                    .filteredOn(status -> status.name().equals(Names.MAX_PENDING))
                    .allMatch(status -> status.remaining() == 999);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void nothingButTheCoreIsLeftOfASilentTenantAndNoTimer(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.passTo(NOW);
            for (LogRecord record : busyMinute()) {
                harness.process(record);
            }
            assertThat(harness.tenantsIn("answer-texts")).isEqualTo(1);
            assertThat(harness.tenantsIn("conversation-texts")).isEqualTo(1);
            assertThat(harness.tenantsIn("seen-id-chunks")).isEqualTo(1);
            int answered = 0;
            for (long at = NOW; at < NOW + 32 * DAY; at += TEN_MINUTES) {
                harness.passTo(at);
                for (; answered < harness.commands().size(); answered++) {
                    harness.process(new LogRecord(harness.commands().get(answered), at, "e"));
                }
            }
            harness.snapshot();
            for (String entry : ENTRIES) {
                assertThat(harness.tenantsIn(entry)).as(entry).isZero();
            }
            assertThat(harness.tenantsIn("tenant-core")).isEqualTo(1);
            assertThat(harness.timers()).as("timers").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aTenantThatIsNotSilentGetsNoCommands(Backend backend) throws Exception {
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            for (int i = 0; i < 40; i++) {
                long at = NOW + i * TEN_MINUTES;
                harness.passTo(at);
                RequestFacts facts = request(i).receivedAtMillis(at).build();
                harness.process(record(facts, at));
                harness.process(
                        new LogRecord(
                                Facts.event(
                                        Facts.succeeded(facts.requestId())
                                                .tenantId(TENANT)
                                                .build()),
                                at,
                                "o"));
            }
            assertThat(harness.commands()).isEmpty();
            assertThat(harness.timers()).as("one timer looks after it").isEqualTo(1);
        }
    }

    @Test
    void aSilentTenantTakesAtMost300Bytes() {
        StoredTenantState state = new StoredTenantState();
        History history = History.of(busyMinute(), state);
        assertThat(state.bytes()).isGreaterThan(3_000);
        for (long at = NOW + HOUR; at < NOW + 32 * DAY; at += HOUR) {
            CommandEvent expire =
                    CommandEvent.builder()
                            .tenantId(TENANT)
                            .commandId("e" + at)
                            .name(Names.EXPIRE)
                            .build();
            history.apply(new LogRecord(expire, at, "e"));
        }
        // The key is a key group, the tenant with its length, and the namespace.
        int keyBytes = 2 + 2 + TENANT.length() + 1;
        assertThat(state.entries()).containsExactly("core ");
        assertThat(state.bytes() + keyBytes).isLessThanOrEqualTo(300);
    }

    /** Calls that end and calls that do not, chunks of ids, kept answers, a conversation. */
    private static List<LogRecord> busyMinute() {
        List<LogRecord> log = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RequestFacts.Builder facts = request(i).receivedAtMillis(NOW + i);
            if (i == 77) {
                facts.labels(Labels.builder().endpoint("chat").session("s").build());
            }
            log.add(record(facts.build(), NOW + i));
            if (i % 2 == 1) {
                log.add(
                        new LogRecord(
                                Facts.event(Facts.succeeded(id(i)).tenantId(TENANT).build()),
                                NOW + i,
                                "o"));
            }
        }
        return log;
    }

    private static RequestFacts.Builder request(int number) {
        return Facts.request(id(number), NOW)
                .tenantId(TENANT)
                .policy(POLICY)
                .promptHash("hash" + number)
                .prices(Map.of(Facts.MODEL, ReservePrice.flat(35_000, 140_000)))
                .deadlineAtMillis(NOW + 60_000);
    }

    private static String id(int number) {
        return RequestIds.of(NOW + number, number);
    }

    private static LogRecord record(RequestFacts facts, long arrivedAtMillis) {
        return new LogRecord(Facts.event(facts), arrivedAtMillis, "r");
    }
}
