package io.sluice.pipeline.config;

import io.sluice.contract.Names;
import io.sluice.contract.Retention;
import io.sluice.pipeline.alert.AlertRules;
import io.sluice.pipeline.model.BreakerSettings;
import io.sluice.pipeline.model.InvokeSettings;
import io.sluice.pipeline.model.PayloadSettings;
import io.sluice.pipeline.model.schedule.LaneSettings;
import io.sluice.pipeline.model.schedule.QuotaSettings;
import io.sluice.pipeline.model.schedule.TargetSettings;
import io.sluice.sinks.relational.MirrorSettings;
import io.sluice.sinks.webhook.WebhookSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything the job is told from outside, validated once at start. Immutable. */
public final class JobSettings implements Serializable {
    private static final long serialVersionUID = 1;

    /**
     * Where large payloads lie if no property says so: the variable that the ingress reads, too.
     */
    private static final String OBJECTS_VARIABLE = "SLUICE_OBJECTS";

    private static final String PRICES_VARIABLE = "SLUICE_PRICES";

    /** How records reach the source. */
    public enum SourceMode {
        /** GetRecords, at most five times a second per shard. */
        POLLING,
        /** Enhanced fan-out: the stream pushes. */
        EFO
    }

    /** Empty if it is not set. */
    private static String variable(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }

    private static final String QUOTA = "target.quota.";

    private final String eventsStream;
    private final SourceMode sourceMode;
    private final String consumerName;
    private final String initialPosition;
    private final String deadLettersStream;
    private final String requestsTable;
    private final String attemptsTable;
    private final String usageTable;
    private final String sessionsTable;
    private final String deadLettersTable;
    private final int coresInMemory;
    private final Duration invokeTimeout;
    private final InvokeSettings invoke;
    private final PayloadSettings payloads;
    private final Retention retention;
    private final String metricsNamespace;
    private final int topTenants;
    private final @Nullable String pricesFile;
    private final AlertRules alertRules;
    private final @Nullable WebhookSettings webhook;
    private final AuditSettings audit;
    private final @Nullable MirrorSettings mirror;

    JobSettings(PropertyGroup.Set groups) {
        PropertyGroup events = groups.group("Events");
        eventsStream = events.text("stream.name", Names.EVENTS_STREAM);
        sourceMode = events.oneOf("source.mode", SourceMode.EFO, SourceMode.class);
        consumerName = events.text("efo.consumer.name", "sluice-pipeline");
        initialPosition = events.text("initial.position", "TRIM_HORIZON");
        events.refuseOthers();
        PropertyGroup deadLetters = groups.group("DeadLetters");
        deadLettersStream = deadLetters.text("stream.name", Names.DEAD_LETTERS_STREAM);
        deadLetters.refuseOthers();
        PropertyGroup tables = groups.group("Tables");
        requestsTable = tables.text("requests", Names.REQUESTS_TABLE);
        attemptsTable = tables.text("attempts", Names.ATTEMPTS_TABLE);
        usageTable = tables.text("usage", Names.USAGE_TABLE);
        sessionsTable = tables.text("sessions", Names.SESSIONS_TABLE);
        deadLettersTable = tables.text("dead-letters", Names.DEAD_LETTERS_TABLE);
        tables.refuseOthers();
        retention = retention(groups.group("Retention"));
        PropertyGroup enforce = groups.group("Enforce");
        coresInMemory = enforce.count("cores.in.memory", 20_000);
        enforce.refuseOthers();
        PropertyGroup calls = groups.group("Invoke");
        invokeTimeout = calls.duration("timeout", Duration.ofMinutes(90));
        invoke =
                new InvokeSettings(
                        lane(calls, "lane.interactive", 800, 10_000),
                        lane(calls, "lane.bulk", 200, 20_000),
                        calls.duration("aging", Duration.ofSeconds(5)),
                        calls.duration("longest.generation", Duration.ofMinutes(5)),
                        calls.duration("stop.wait", Duration.ofSeconds(10)),
                        calls.count("attempts", 4),
                        breaker(calls),
                        targets(calls));
        calls.refuseOthers();
        PropertyGroup large = groups.group("Payloads");
        String location = large.optionalText("location");
        payloads =
                new PayloadSettings(
                                location == null ? System.getenv(OBJECTS_VARIABLE) : location,
                                large.count("inline.bytes", 65_536),
                                large.count("in.flight.bytes", 64 << 20))
                        .withKeys(
                                large.text("keys.location", variable("SLUICE_KEYS")),
                                large.text("keys.master", variable("SLUICE_MASTER_KEY")));
        large.refuseOthers();
        PropertyGroup metrics = groups.group("Metrics");
        metricsNamespace = metrics.text("namespace", "Orchestrator");
        topTenants = metrics.count("top.tenants", 100);
        metrics.refuseOthers();
        PropertyGroup prices = groups.group("Prices");
        String path = prices.optionalText("path");
        String pricesOfAll = System.getenv(PRICES_VARIABLE);
        pricesFile =
                path == null && pricesOfAll != null && !pricesOfAll.isBlank() ? pricesOfAll : path;
        prices.refuseOthers();
        AlertSettings alerts = new AlertSettings(groups.group("Alerts"), System::getenv);
        alertRules = alerts.rules();
        webhook = alerts.webhook();
        audit = new AuditSettings(groups.group("Audit"), System::getenv);
        mirror = MirrorProperties.read(groups.group("Mirror"), System::getenv);
        groups.refuseOthers();
    }

    /** As the group says, else as the environment of ingress and job says. */
    private static Retention retention(PropertyGroup group) {
        Retention found =
                Retention.of(
                        name -> {
                            String days = group.optionalText(name + ".days");
                            return days == null ? variable(Retention.variableOf(name)) : days;
                        });
        group.refuseOthers();
        return found;
    }

    private static BreakerSettings breaker(PropertyGroup calls) {
        return new BreakerSettings(
                calls.count("breaker.failures", 10),
                calls.count("breaker.calls", 20),
                calls.duration("breaker.pause", Duration.ofSeconds(5)),
                calls.duration("breaker.longest.pause", Duration.ofMinutes(1)),
                calls.count("breaker.probes", 4));
    }

    private static LaneSettings lane(
            PropertyGroup calls, String lane, int atOnce, int queuedCalls) {
        return new LaneSettings(
                calls.count(lane + ".calls", atOnce),
                calls.count(lane + ".bytes", 128 << 20),
                calls.count(lane + ".queue.calls", queuedCalls),
                calls.count(lane + ".queue.bytes", 128 << 20));
    }

    private static TargetSettings targets(PropertyGroup calls) {
        Map<String, QuotaSettings> quotas = new TreeMap<>();
        calls.allBelow(QUOTA)
                .forEach(
                        (target, text) ->
                                quotas.put(
                                        target,
                                        QuotaSettings.parse(
                                                "Invoke/" + QUOTA + target, target, text)));
        return new TargetSettings(
                calls.count("target.concurrency.least", 2),
                calls.count("target.concurrency.start", 200),
                calls.count("target.concurrency.most", 1_000),
                calls.count("target.concurrency.kept.percent", 80),
                calls.duration("target.concurrency.interval", Duration.ofSeconds(1)),
                calls.count("target.bulk.least.percent", 10),
                calls.count("target.bulk.most.percent", 50),
                quotas);
    }

    /** Name of the events stream. */
    public String eventsStream() {
        return eventsStream;
    }

    /** How the source reads it. */
    public SourceMode sourceMode() {
        return sourceMode;
    }

    /** Name of the enhanced fan-out consumer. */
    public String consumerName() {
        return consumerName;
    }

    /** Where a first start begins to read: TRIM_HORIZON, so that nothing acknowledged is missed. */
    public String initialPosition() {
        return initialPosition;
    }

    /** Name of the dead-letter stream. */
    public String deadLettersStream() {
        return deadLettersStream;
    }

    /** Table of result items. */
    public String requestsTable() {
        return requestsTable;
    }

    /** Table of attempts to call models. */
    public String attemptsTable() {
        return attemptsTable;
    }

    /** Table of usage windows. */
    public String usageTable() {
        return usageTable;
    }

    /** Table of conversations' copies. */
    public String sessionsTable() {
        return sessionsTable;
    }

    /** Table of dead letters. */
    public String deadLettersTable() {
        return deadLettersTable;
    }

    /** Tenants whose core is kept decoded on the heap of one subtask. */
    public int coresInMemory() {
        return coresInMemory;
    }

    /**
     * After which the async operator gives a call up; above every deadline plus the longest
     * attempt.
     */
    public Duration invokeTimeout() {
        return invokeTimeout;
    }

    /**
     * Records in the async operator; above what the scheduler holds, so that it sheds before the
     * operator blocks.
     */
    public int invokeCapacity() {
        return invoke.operatorCapacity();
    }

    /** The bounds within which models are called. */
    public InvokeSettings invoke() {
        return invoke;
    }

    /** Where large prompts and answers lie. */
    public PayloadSettings payloads() {
        return payloads;
    }

    /** How long rows are kept. */
    public Retention retention() {
        return retention;
    }

    /** CloudWatch namespace. */
    public String metricsNamespace() {
        return metricsNamespace;
    }

    /** Tenants kept apart in metrics per minute. */
    public int topTenants() {
        return topTenants;
    }

    /** Where the lines are that are not to be crossed. */
    public AlertRules alertRules() {
        return alertRules;
    }

    /** Where alerts are posted; null if they are only counted. */
    public @Nullable WebhookSettings webhook() {
        return webhook;
    }

    /** Where records of decisions go and how they are sealed. */
    public AuditSettings audit() {
        return audit;
    }

    /** Where usage and results are mirrored; null if they are not. */
    public @Nullable MirrorSettings mirror() {
        return mirror;
    }

    /** A price book to use instead of the shipped one; null for the shipped one. */
    public @Nullable String pricesFile() {
        return pricesFile;
    }
}
