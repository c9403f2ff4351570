package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The subcommands about the archive of decisions, run on that of a running system. */
final class AuditCommands {
    private final Path dataDir;

    AuditCommands(Path dataDir) {
        this.dataDir = dataDir;
    }

    /** With the anchor; and offline, with a head that was printed before. */
    void archiveIsAsItWasSealed() throws IOException, InterruptedException {
        Path head = Files.writeString(dataDir.resolve("head.json"), fine("audit", "head").out());
        JsonNode anchored = fine("audit", "verify", "--json").json();
        assertThat(anchored.path("findings")).isEmpty();
        assertThat(anchored.path("records").asLong()).isPositive();
        assertThat(anchored.path("digests").asLong()).isPositive();
        SluiceRun offline = fine("audit", "verify", "--offline", "--head", head.toString());
        assertThat(offline.out()).contains("Everything is as it was sealed.");
        SluiceRun other = SluiceRun.of(dataDir, "audit", "verify", "--tenant", "nobody");
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err()).contains("no record of the tenant nobody");
    }

    /** A proof needs nothing but the public key. */
    void recordIsProvedWithoutTheArchive(String tenantId, long seq)
            throws IOException, InterruptedException {
        SluiceRun made = fine("audit", "prove", tenantId, String.valueOf(seq));
        Path empty = Files.createDirectories(dataDir.resolve("elsewhere"));
        Path proof = Files.writeString(empty.resolve("proof.json"), made.out());
        SluiceRun checked =
                SluiceRun.of(
                        empty,
                        "audit",
                        "verify",
                        "--proof",
                        proof.toString(),
                        "--public-key",
                        dataDir.resolve("audit-key.pem.pub").toString());
        assertThat(checked.status()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.out()).contains("Proved: record " + seq + " of " + tenantId);
    }

    /** One request's story, from its arrival to its settlement. */
    void storyIsTold(String requestId) throws IOException, InterruptedException {
        assertThat(fine("audit", "show", requestId).out())
                .contains(requestId, "the request came", "decided at", "its call ended");
    }

    /** What the system decided is what its engine decides from the records alone. */
    void historyIsDecidedAgain(String tenantId) throws IOException, InterruptedException {
        JsonNode all = fine("replay", "--mode", "verify", "--json").json();
        assertThat(all.path("fine").asBoolean()).as("%s", all).isTrue();
        assertThat(all.path("tenants").asLong()).isGreaterThan(1);
        JsonNode streamed =
                fine(
                                "replay",
                                "--mode",
                                "verify",
                                "--stream",
                                "--archive",
                                dataDir.resolve("none").toString(),
                                "--json")
                        .json();
        assertThat(streamed.path("fine").asBoolean()).as("%s", streamed).isTrue();
        assertThat(streamed.path("records").asLong())
                .isGreaterThanOrEqualTo(all.path("records").asLong());
        JsonNode both = fine("replay", "--mode", "verify", "--stream", "--json").json();
        assertThat(both.path("fine").asBoolean()).as("%s", both).isTrue();
        SluiceRun one = fine("replay", "--mode", "verify", "--tenant", tenantId);
        assertThat(one.out()).contains("of 1 tenants", "Every decision and counter is the same");
        SluiceRun nobody =
                SluiceRun.of(dataDir, "replay", "--mode", "verify", "--tenant", "nobody");
        assertThat(nobody.status()).isEqualTo(1);
        assertThat(nobody.err()).contains("no record of nobody", "nothing to fold");
    }

    /** Under a policy that admits one request a day. */
    void historyIsToldUnderAnotherPolicy() throws IOException, InterruptedException {
        Path policy =
                Files.writeString(
                        dataDir.resolve("tight.yaml"),
                        """
                        tiers:
                          free: {requests_per_minute: 1, requests_per_day: 1}
                          pro: {requests_per_minute: 1, requests_per_day: 1}
                          business: {requests_per_minute: 1, requests_per_day: 1}
                          enterprise: {requests_per_minute: 1, requests_per_day: 1}
                        """);
        Path html = dataDir.resolve("report.html");
        JsonNode told =
                fine(
                                "replay",
                                "--mode",
                                "what-if",
                                "--policy",
                                policy.toString(),
                                "--html",
                                html.toString(),
                                "--json")
                        .json();
        assertThat(told.at("/would/requests")).isEqualTo(told.at("/happened/requests"));
        assertThat(told.at("/would/admitted").asLong())
                .isPositive()
                .isLessThan(told.at("/happened/admitted").asLong());
        assertThat(told.at("/would/rejected/requests-per-day").asLong()).isPositive();
        assertThat(Files.readString(html)).contains("What if", "uPlot");
    }

    private SluiceRun fine(String... words) throws IOException, InterruptedException {
        SluiceRun run = SluiceRun.of(dataDir, words);
        List<String> told = new ArrayList<>(List.of(words));
        assertThat(run.status()).as("%s: %s%s", told, run.out(), run.err()).isZero();
        assertThat(run.err()).doesNotContain("\tat ");
        return run;
    }
}
