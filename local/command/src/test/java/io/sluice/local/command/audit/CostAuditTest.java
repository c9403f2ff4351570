package io.sluice.local.command.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.Granularity;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Retention;
import io.sluice.contract.UsageItem;
import io.sluice.local.command.ledger.Days;
import io.sluice.local.command.ledger.SyntheticLedger;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CostAuditTest {
    private static final BigInteger ONE = BigInteger.ONE;

    private final long seed = System.nanoTime();
    private final SyntheticLedger ledger = new SyntheticLedger(seed, 2_000);

    @Test
    void m1TablesThatAgreeAreFine() {
        AuditReport report = audit();
        assertThat(report.findings()).as("seed " + seed).isEmpty();
        assertThat(report.isFine()).isTrue();
        assertThat(report.requests()).isEqualTo(2_000);
        assertThat(report.usage().cost()).isPositive().isEqualTo(report.attempts().cost());
        assertThat(report.usage()).isEqualTo(report.results());
        assertThat(report.usage().estimated()).isPositive();
        assertThat(AuditView.text(report, days(null))).contains("all sums are equal");
    }

    @Test
    void whatWasErasedIsSaidAndNotMissed() {
        ledger.erasedBeforeMillis = SyntheticLedger.NOW.toEpochMilli();
        ledger.results.clear();
        ledger.attempts.clear();
        AuditReport report = audit();
        assertThat(report.isFine()).as("seed " + seed).isTrue();
        assertThat(AuditView.text(report, days(null))).contains("they were erased");
        ledger.erasedBeforeMillis = 0;
        assertThat(audit().isFine()).as("seed " + seed).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Granularity.class)
    void aUsageRowThatIsOffByTheLastDigitIsFound(Granularity granularity) {
        UsageItem row =
                ledger.usage.values().stream()
                        .filter(r -> r.key().granularity() == granularity)
                        .filter(r -> r.counts().costPicoUsd().signum() > 0)
                        .findAny()
                        .orElseThrow();
        ledger.usage.put(
                row.rangeKey(),
                row.toBuilder()
                        .counts(
                                row.counts().toBuilder()
                                        .costPicoUsd(row.counts().costPicoUsd().add(ONE))
                                        .build())
                        .build());
        AuditReport report = audit();
        assertThat(report.findings())
                .as("seed " + seed)
                .isNotEmpty()
                .allMatch(f -> f.figure().equals("cost"))
                .allMatch(f -> f.leftPicoUsd().subtract(f.rightPicoUsd()).abs().equals(ONE))
                .anyMatch(f -> f.label().equals(row.key().model()))
                .anyMatch(f -> f.label().equals(row.key().agentId()));
        assertThat(AuditView.json(report, days(null)).at("/found").longValue()).isPositive();
    }

    @Test
    void aResultThatIsGoneIsFound() {
        ResultItem gone = ledger.results.values().iterator().next();
        ledger.results.remove(gone.requestId());
        AuditReport report = audit();
        assertThat(report.runningRequests()).as("its attempts are there").isEqualTo(1);
        assertThat(report.findings())
                .as("seed " + seed)
                .anyMatch(
                        f ->
                                f.right().equals("sluice-requests")
                                        && f.label().equals(gone.model())
                                        && f.window().startsWith("minute "));
        assertThat(AuditView.text(report, days(null))).contains("sums differ", gone.model());
    }

    @Test
    void anAttemptOfAnotherCostIsFound() {
        AttemptItem attempt = ledger.attempts.values().iterator().next();
        var end = Objects.requireNonNull(attempt.end());
        ledger.attempts.put(
                attempt.rangeKey(),
                attempt.finished(end.toBuilder().costPicoUsd(end.costPicoUsd() + 1).build()));
        assertThat(audit().findings())
                .as("seed " + seed)
                .isNotEmpty()
                .allMatch(
                        f ->
                                f.left().equals("sluice-requests")
                                        && f.right().equals("sluice-attempts"));
    }

    @Test
    void whatIsKeptNoLongerIsSaidAndNotTakenForMissing() {
        ledger.results.clear();
        ledger.attempts.clear();
        Days days = days(LocalDate.parse("2026-11-20"));
        Days later = new Days(days.fromMillis(), days.toMillis(), days.toMillis());
        AuditReport report = new AuditReport();
        new CostAudit(ledger, later, report, () -> {}).of(SyntheticLedger.TENANT);
        assertThat(report.isFine()).isTrue();
        assertThat(AuditView.text(report, later)).contains("not compared: results before");
    }

    private AuditReport audit() {
        AuditReport report = new AuditReport();
        new CostAudit(ledger, days(null), report, () -> {}).of(SyntheticLedger.TENANT);
        return report;
    }

    private static Days days(@org.jspecify.annotations.Nullable LocalDate from) {
        return Days.of(from, null, SyntheticLedger.NOW, Retention.USUAL);
    }
}
