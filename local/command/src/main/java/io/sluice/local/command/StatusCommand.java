package io.sluice.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.api.SluiceApi;
import io.sluice.local.command.data.Keys;
import io.sluice.local.command.data.RunState;
import io.sluice.local.command.print.TextTable;
import io.sluice.local.command.status.SystemStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice status}: what runs, how far it is behind, its last checkpoint. */
@Command(
        name = "status",
        description =
                "Show what runs, the lag of each stream, each model's circuit, the last checkpoint,"
                        + " the newest digest of the audit archive and dead letters.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws Exception {
        RunState run =
                RunState.read(common.folder())
                        .orElseThrow(
                                () ->
                                        new FindingException(
                                                "nothing has run on " + common.folder().root()));
        SystemStatus status =
                new SystemStatus(
                        run,
                        common.endpoints(),
                        Keys.read(common.folder()).admin(),
                        Clock.systemUTC().millis());
        ObjectNode seen = status.read(SluiceApi.client());
        System.out.print(common.json() ? Json.text(seen) + "\n" : text(seen));
        return status.up() ? 0 : 1;
    }

    private static String text(ObjectNode seen) {
        TextTable processes = TextTable.ofText().row("process", "pid", "state", "restarts");
        for (Map.Entry<String, JsonNode> each : seen.path("processes").properties()) {
            JsonNode process = each.getValue();
            processes.row(
                    each.getKey(),
                    process.path("pid").asText(),
                    process.path("alive").asBoolean()
                            ? "up " + span(process.path("uptime_ms").asLong())
                            : "down",
                    process.path("restarts").asText());
        }
        TextTable facts = TextTable.ofText().row("system", seen.path("state").asText());
        if (seen.has("job")) {
            facts.row("job", seen.path("job").path("state").asText());
        }
        if (seen.has("job_unknown")) {
            facts.row("job", "unknown: " + seen.path("job_unknown").asText());
        }
        for (Map.Entry<String, JsonNode> lag : seen.path("lag_ms").properties()) {
            facts.row("lag of " + lag.getKey(), lag.getValue().asText() + " ms");
        }
        for (Map.Entry<String, JsonNode> breaker : seen.path("breakers").properties()) {
            facts.row("circuit of " + breaker.getKey(), breaker.getValue().asText());
        }
        JsonNode last = seen.path("last_checkpoint");
        if (last.isObject()) {
            facts.row(
                    "last checkpoint",
                    String.format(
                            "%d, %s ago, took %d ms, %d bytes, %d failed",
                            last.path("id").asLong(),
                            span(last.path("age_ms").asLong()),
                            last.path("duration_ms").asLong(),
                            last.path("state_bytes").asLong(),
                            last.path("failed_since_start").asLong()));
        } else if (seen.has("job")) {
            facts.row("last checkpoint", "none yet");
        }
        JsonNode digest = seen.path("newest_digest");
        if (digest.isObject()) {
            facts.row(
                    "newest digest",
                    digest.path("number").asText()
                            + ", "
                            + span(digest.path("age_ms").asLong())
                            + " ago");
        } else if (seen.has("job")) {
            facts.row("newest digest", "none yet since the job's start");
        }
        JsonNode letters = seen.path("dead_letters");
        if (letters.isObject()) {
            facts.row(
                    "dead letters",
                    letters.path("open_last_day").asText()
                            + (letters.path("complete").asBoolean() ? "" : " or more")
                            + " open, of the last 24 hours");
        }
        if (seen.has("dead_letters_unknown")) {
            facts.row("dead letters", "unknown: " + seen.path("dead_letters_unknown").asText());
        }
        return processes.text() + "\n" + facts.text();
    }

    private static String span(long millis) {
        Duration duration = Duration.ofMillis(Math.max(0, millis));
        if (duration.toHours() > 0) {
            return String.format("%d h %d min", duration.toHours(), duration.toMinutesPart());
        }
        return duration.toMinutes() > 0
                ? String.format("%d min %d s", duration.toMinutes(), duration.toSecondsPart())
                : duration.toSeconds() + " s";
    }
}
