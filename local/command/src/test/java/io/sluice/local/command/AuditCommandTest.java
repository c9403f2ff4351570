package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.SigningKeyFile;
import io.sluice.contract.json.Json;
import io.sluice.sinks.archive.ArchiveFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line over the released history. */
class AuditCommandTest {
    private static final Path HISTORY =
            Path.of("../../pipeline/src/test/resources/history/engine-1");

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path archive = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        archive = folder.resolve("audit");
        try (Stream<Path> files = Files.walk(HISTORY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = archive.resolve(HISTORY.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        key = folder.resolve("audit-key.pem.pub");
        Files.move(archive.resolve("audit-key.pem.pub"), key);
    }

    @Test
    void wholeArchiveIsFine() {
        assertThat(run("verify", "--offline")).isZero();
        assertThat(out.toString()).contains("Everything is as it was sealed.");
        assertThat(run("verify", "--offline", "--json")).isZero();
        assertThat(json().path("fine").asBoolean()).isTrue();
        assertThat(json().path("records").asLong()).isGreaterThan(100);
    }

    @Test
    void damageIsNamedWithItsFile() throws IOException {
        Path file = recordFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(run("verify", "--offline", "--json")).isEqualTo(1);
        assertThat(json().path("findings").toString())
                .contains("changed-file", archive.relativize(file).toString());
        assertThat(run("verify", "--offline")).isEqualTo(1);
        assertThat(out.toString()).contains("!! changed-file ");
    }

    @Test
    void endThatWasCutOffIsFoundByTheHeadThatWasKept() throws IOException {
        assertThat(run("head")).isZero();
        Path head = Files.writeString(folder.resolve("head.json"), out.toString());
        assertThat(run("verify", "--offline", "--head", head.toString())).isZero();
        try (Stream<Path> digests = Files.walk(archive.resolve("digests"))) {
            Files.delete(digests.filter(Files::isRegularFile).max(Path::compareTo).orElseThrow());
        }
        assertThat(run("verify", "--offline")).as("it cannot be told").isZero();
        assertThat(run("verify", "--offline", "--head", head.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("truncated", "which is not there");
    }

    @Test
    void proofsAreCheckedWithNothingButThePublicKey() throws IOException {
        AuditRecord record = record();
        assertThat(run("prove", record.tenantId(), String.valueOf(record.seq()))).isZero();
        Path proof = Files.writeString(folder.resolve("proof.json"), out.toString());
        assertThat(run("head")).isZero();
        Path head = Files.writeString(folder.resolve("head.json"), out.toString());
        assertThat(run("prove", "--since", head.toString())).isZero();
        Path growth = Files.writeString(folder.resolve("growth.json"), out.toString());
        try (Stream<Path> files = Files.walk(archive)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        assertThat(run("verify", "--proof", proof.toString())).isZero();
        assertThat(out.toString())
                .contains("record " + record.seq() + " of " + record.tenantId() + " is in");
        assertThat(run("verify", "--proof", growth.toString())).isZero();
        String forged =
                Files.readString(proof).replaceFirst("max_tokens\\\\\":", "max_tokens\\\\\":1");
        Files.writeString(proof, forged);
        assertThat(run("verify", "--proof", proof.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("It proves nothing");
    }

    @Test
    void requestsStoryIsToldInPlainWords() throws IOException {
        String requestId = Json.parse(record().body()).path("input").path("request_id").asText();
        assertThat(run("show", requestId)).isZero();
        assertThat(out.toString())
                .contains(requestId, "the request came", "decided at", " -> ", "engine 1");
        assertThat(run("show", requestId, "--json")).isZero();
        assertThat(json().path("records").size()).isPositive();
        assertThat(run("show", "req_01J000000000000000000000000000")).isEqualTo(1);
        assertThat(err.toString()).contains("no record of");
    }

    @Test
    void wrongUseIsExplained() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("prove", "tenant-1")).isEqualTo(2);
        assertThat(run("verify", "--from", "yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("--from: seen 'yesterday'");
        assertThat(run("verify")).as("no system, so no anchor").isEqualTo(1);
        assertThat(err.toString()).contains("or use --offline");
    }

    @Test
    void partOfAnArchiveThatIsNotThereIsSaid() throws IOException {
        assertThat(run("verify", "--offline", "--tenant", "tenant-1")).isZero();
        refused(1, "no record of the tenant nobody", "verify", "--offline", "--tenant", "nobody");
        refused(2, "expected", "verify", "--offline", "--tenant", "a b");
        refused(
                2,
                "--from 2026-09-23 is not before --to 2026-09-22",
                "verify",
                "--offline",
                "--from",
                "2026-09-23",
                "--to",
                "2026-09-22");
        String nowhere = folder.resolve("nowhere").toString();
        for (String command : new String[] {"verify", "head"}) {
            refused(1, "there is no such folder", command, "--archive", nowhere);
        }
        refused(1, "there is no such folder", "show", "req_1", "--archive", nowhere);
        refused(1, "there is no such folder", "prove", "tenant-1", "1", "--archive", nowhere);
        String empty = Files.createDirectory(folder.resolve("empty")).toString();
        refused(1, "neither a digest nor a record", "verify", "--offline", "--archive", empty);
        refused(1, "there is no digest", "head", "--archive", empty);
    }

    @Test
    void keyThatSignedNothingIsNamed() throws IOException {
        Path other = folder.resolve("other.pem");
        SigningKeyFile.makeIfMissing(other);
        String open = SigningKeyFile.publicKeyOf(other).toString();
        refused(
                1,
                "give the sealer's by --public-key",
                "verify",
                "--offline",
                "--public-key",
                open);
        refused(1, "none of those given", "head", "--public-key", open);
        refused(1, "is no public key", "verify", "--offline", "--public-key", other.toString());
        refused(1, "nothing.pem", "verify", "--offline", "--public-key", "nothing.pem");
    }

    @Test
    void fileThatIsHalfWrittenIsNotReadAndOneThatWasCutOffIsFound() throws IOException {
        Path file = recordFile();
        byte[] bytes = Files.readAllBytes(file);
        Path unfinished = file.resolveSibling(".audit-1-99.parquet.inprogress.1");
        Files.write(unfinished, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(run("verify", "--offline")).isZero();
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        String name = archive.relativize(file).toString();
        assertThat(run("verify", "--offline")).isEqualTo(1);
        assertThat(out.toString())
                .contains("!! changed-file " + name, "!! unreadable-file " + name);
        refused(1, "is no whole archive file", "show", "req_1");
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void replayOfNothingIsRefused() {
        String nowhere = folder.resolve("nowhere").toString();
        assertThat(replay("--mode", "verify", "--archive", nowhere)).isEqualTo(1);
        assertThat(err.toString()).contains("there is no archive in " + nowhere);
        assertThat(replay("--mode", "what-if")).isEqualTo(2);
        assertThat(err.toString()).contains("needs --policy or --prices");
        assertThat(replay("--mode", "both")).isEqualTo(2);
        assertThat(err.toString()).contains("expected verify or what-if");
        assertThat(replay("--mode", "verify", "--html", "x.html")).isEqualTo(2);
        assertThat(replay("--mode", "verify", "--parallelism", "0")).isEqualTo(2);
        assertThat(replay("--mode", "verify", "--from", "2026-09-23", "--to", "2026-09-22"))
                .isEqualTo(2);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    private int replay(String... args) {
        CommandLine line = SluiceCommand.line();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        Stream<String> data = Stream.of("replay", "--data-dir", folder.toString());
        return line.execute(Stream.concat(data, Stream.of(args)).toArray(String[]::new));
    }

    private void refused(int status, String message, String... args) {
        err.getBuffer().setLength(0);
        assertThat(run(args)).as(message).isEqualTo(status);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    }

    /** A request's record. */
    private AuditRecord record() throws IOException {
        try (ArchiveFile file = ArchiveFile.open(recordFile())) {
            AuditRecord record = file.next();
            while (record != null && !record.kind().wireName().equals("request")) {
                record = file.next();
            }
            if (record == null) {
                throw new AssertionError("the file has no request");
            }
            return record;
        }
    }

    private Path recordFile() throws IOException {
        try (Stream<Path> files = Files.walk(archive)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .min(Path::compareTo)
                    .orElseThrow();
        }
    }

    private JsonNode json() {
        return Json.parse(out.toString());
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        CommandLine line = SluiceCommand.line();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        Stream<String> all = Stream.of(args);
        if (args.length > 0) {
            all = Stream.concat(all, Stream.of("--data-dir", folder.toString()));
        }
        return line.execute(Stream.concat(Stream.of("audit"), all).toArray(String[]::new));
    }
}
