package io.sluice.pipeline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.Labels;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.enforce.Facts;
import org.junit.jupiter.api.Test;

class CacheKeysTest {
    private static final CacheRules RULES = new CacheRules(7, 8, 9, true, 1, 1);
    private static final CacheRules UNSAMPLED = new CacheRules(7, 8, 9, false, 1, 1);

    private final RequestFacts prompt = Facts.request("r", 0).model("m").promptHash("h").build();
    private final RequestFacts task =
            prompt.toBuilder()
                    .taskHash("t")
                    .labels(Labels.builder().endpoint("chat").agentId("a").build())
                    .build();

    @Test
    void c1APromptsKeyNamesTheModelThatAnswers() {
        assertThat(CacheKeys.of(prompt, "m", RULES)).isEqualTo("llm:m:h");
        assertThat(CacheKeys.of(prompt, "cheap", RULES)).isEqualTo("llm:cheap:h");
    }

    @Test
    void c1ATasksKeyNamesTheAgentAndAnyOtherModel() {
        assertThat(CacheKeys.of(task, "m", RULES)).isEqualTo("agent:a:t");
        assertThat(CacheKeys.of(task, "cheap", RULES)).isEqualTo("agent:a:t/cheap");
    }

    @Test
    void aTaskOfNoAgentAndAnAgentWithoutATaskAreAPrompt() {
        assertThat(CacheKeys.of(prompt.toBuilder().taskHash("t").build(), "m", RULES))
                .isEqualTo("llm:m:h");
        assertThat(CacheKeys.of(task.toBuilder().taskHash(null).build(), "m", RULES))
                .isEqualTo("llm:m:h");
    }

    @Test
    void c3WhatIsNotToBeKeptHasNoKey() {
        assertThat(of(prompt.toBuilder().cacheMode(CacheMode.BYPASS))).isEmpty();
        assertThat(of(prompt.toBuilder().cacheMode(CacheMode.REFRESH))).isNotEmpty();
        Labels talk = Labels.builder().endpoint("chat").session("s").build();
        assertThat(of(prompt.toBuilder().labels(talk))).isEmpty();
        RequestFacts sampled = prompt.toBuilder().sampled(true).build();
        assertThat(CacheKeys.of(sampled, "m", RULES)).isNotEmpty();
        assertThat(CacheKeys.of(sampled, "m", UNSAMPLED)).isEmpty();
        assertThat(CacheKeys.of(prompt, "m", UNSAMPLED)).isNotEmpty();
    }

    @Test
    void aTtlOfZeroTurnsOffItsClassOnly() {
        CacheRules noAnswers = new CacheRules(0, 8, 9, true, 1, 1);
        CacheRules noTasks = new CacheRules(7, 0, 9, true, 1, 1);
        assertThat(CacheKeys.of(prompt, "m", noAnswers)).isEmpty();
        assertThat(CacheKeys.of(task, "m", noAnswers)).isNotEmpty();
        assertThat(CacheKeys.of(task, "m", noTasks)).isEmpty();
        assertThat(CacheKeys.of(prompt, "m", noTasks)).isNotEmpty();
    }

    @Test
    void eachClassHasItsTtl() {
        assertThat(CacheKeys.ttlMillis(prompt, RULES)).isEqualTo(7);
        assertThat(CacheKeys.ttlMillis(task, RULES)).isEqualTo(8);
        assertThat(CacheKeys.ttlMillis("llm:m:h", RULES)).isEqualTo(7);
        assertThat(CacheKeys.ttlMillis("agent:a:t", RULES)).isEqualTo(8);
    }

    private static String of(RequestFacts.Builder facts) {
        return CacheKeys.of(facts.build(), "m", RULES);
    }
}
