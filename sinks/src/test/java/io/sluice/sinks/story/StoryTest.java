package io.sluice.sinks.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.json.Json;
import io.sluice.sinks.archive.ArchiveFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The one place where records are put into words. */
class StoryTest {
    private static final Path HISTORY = Path.of("../pipeline/src/test/resources/history/engine-1");

    private final StoryRecords records = new StoryRecords("acme");
    private final AuditRecord came =
            records.invoked("req_1", "2026-11-27T09:00:00Z", "2026-11-27T09:01:00Z");
    private final AuditRecord ended = records.settled("req_1", "2026-11-27T09:00:01Z");

    @Test
    void isToldInPlainWords() {
        assertThat(Story.of("req_1", List.of(came, ended)).text())
                .isEqualTo(
                        "req_1 of acme\n"
                                + "\n"
                                + "2026-11-27T09:00:00Z  record 1: the request came\n"
                                + "    it asked m with about 12 tokens for at most 64, priority"
                                + " normal, cache default\n"
                                + "    received 2026-11-27T09:00:00Z, to be answered by"
                                + " 2026-11-27T09:01:00Z\n"
                                + "    decided at 2026-11-27T09:00:00Z, by policy version 7 (abc)\n"
                                + "    budget-day: 0.25 USD of 1 USD left, all again after 1.5 s\n"
                                + "    -> the model is called for it\n"
                                + "    requests in the last 60 s: 0 -> 1\n"
                                + "    engine 1\n"
                                + "\n"
                                + "2026-11-27T09:00:01Z  record 2: its call ended\n"
                                + "    succeeded at 2026-11-27T09:00:01Z after 0.82 s, attempt 1, by"
                                + " m\n"
                                + "    used 11 input and 9 output tokens, which cost 0.0000035 USD by"
                                + " prices 2026-11\n"
                                + "    -> its hold ended, by what the call really used\n"
                                + "    held for open calls: 0.000005 USD -> 0 USD\n"
                                + "    engine 1\n");
    }

    @Test
    void programsGetTheSameStepsWithTheirPlaceInTheChain() {
        Story story = Story.of("req_1", List.of(came, ended));
        JsonNode json = story.json();
        assertThat(json.path("request_id").asText()).isEqualTo("req_1");
        assertThat(json.path("tenant_id").asText()).isEqualTo("acme");
        assertThat(json.path("ended").asBoolean()).isTrue();
        assertThat(json.path("steps").findValuesAsText("seq")).containsExactly("1", "2");
        assertThat(json.at("/steps/0/prev_hash").asText()).isEqualTo("0".repeat(64));
        assertThat(json.at("/steps/1/prev_hash").asText()).isEqualTo(Hex.of(came.hash()));
        assertThat(json.at("/steps/1/hash").asText()).isEqualTo(Hex.of(ended.hash()));
        assertThat(json.at("/steps/1/at").asText()).isEqualTo("2026-11-27T09:00:01Z");
        assertThat(json.at("/steps/1/counters/0").toString())
                .isEqualTo(
                        "{\"name\":\"held_pico_usd\",\"words\":\"held for open calls\","
                                + "\"before\":\"0.000005 USD\",\"after\":\"0 USD\"}");
        for (JsonNode line : json.findValues("lines")) {
            line.forEach(each -> assertThat(story.text()).contains("    " + each.asText() + "\n"));
        }
    }

    @Test
    void hasNotEndedBeforeARecordSaysSo() {
        assertThat(Story.of("req_1", List.of(came)).ended()).isFalse();
        AuditRecord others = records.settled("req_2", "2026-11-27T09:00:02Z");
        assertThat(Story.of("req_1", List.of(came, others)).ended()).isFalse();
        AuditRecord expired = records.command("expire", "2026-11-27T09:21:00Z", "req_1", "expired");
        assertThat(Story.of("req_1", List.of(came, expired)).ended()).isTrue();
    }

    @Test
    void recordsOfOthersAreToldAsSuch() {
        AuditRecord others = records.settled("req_2", "2026-11-27T09:00:02Z");
        assertThat(Story.of("req_1", List.of(others)).text())
                .contains("record 3: the call of another ended\n    that of req_2\n")
                .doesNotContain("->  ", "its hold ended");
    }

    /** Whatever the engine of the released history recorded has words, and an end. */
    @Test
    void everyRequestOfTheReleasedHistoryHasAStory() throws IOException {
        List<AuditRecord> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(HISTORY)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".parquet"))
                            .sorted()
                            .collect(Collectors.toList())) {
                all.addAll(ArchiveFiles.read(file));
            }
        }
        Set<String> ids = new TreeSet<>();
        for (AuditRecord record : all) {
            if (record.kind().wireName().equals("request")) {
                ids.add(Json.parse(record.body()).at("/input/request_id").asText());
            }
        }
        assertThat(ids).hasSizeGreaterThan(50);
        for (String id : ids) {
            RequestRecords found = new RequestRecords(id, null);
            all.forEach(found);
            Story story = Story.of(id, found.found());
            assertThat(story.text()).contains("the request came", "decided at", "\n    -> ");
            assertThat(story.text())
                    .as("every transition has words")
                    .doesNotContainPattern("-> [a-z-]+\n");
        }
    }
}
