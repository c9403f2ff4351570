package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheRules;
import io.sluice.contract.Labels;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.cache.CacheKeys;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** R12 and C1: two different things never share a key, wherever separators stand in their names. */
class KeyPropertiesTest {
    private static final String HASH = "ab".repeat(32);
    private static final String OTHER_HASH = "cd".repeat(32);

    /** Names of few characters, so that different ones look alike when put together. */
    @Provide
    Arbitrary<String> label() {
        return Arbitraries.strings().withChars("a:").ofMinLength(1).ofMaxLength(4);
    }

    @Provide
    Arbitrary<RequestFacts> request() {
        return Combinators.combine(
                        label(),
                        label().injectNull(0.3),
                        Arbitraries.of(HASH, OTHER_HASH),
                        Arbitraries.of(HASH, OTHER_HASH).injectNull(0.3))
                .as(
                        (model, agent, prompt, task) ->
                                Facts.request("r", 0)
                                        .model(model)
                                        .promptHash(prompt)
                                        .taskHash(task)
                                        .labels(
                                                Labels.builder()
                                                        .endpoint("chat")
                                                        .agentId(agent)
                                                        .build())
                                        .build());
    }

    @Property
    void r12ConversationsOfDifferentUsersOrNamesHaveDifferentKeys(
            @ForAll("label") String user,
            @ForAll("label") String session,
            @ForAll("label") String otherUser,
            @ForAll("label") String otherSession) {
        boolean same = user.equals(otherUser) && session.equals(otherSession);
        assertThat(Turn.key(user, session).equals(Turn.key(otherUser, otherSession)))
                .isEqualTo(same);
        assertThat(Turn.key(null, session)).isNotEqualTo(Turn.key(user, otherSession));
    }

    @Test
    void r12AColonBelongsToTheNameThatItStandsIn() {
        assertThat(Turn.key("a:b", "c")).isNotEqualTo(Turn.key("a", "b:c"));
    }

    @Property
    void r12C1AnswersToDifferentThingsHaveDifferentKeys(
            @ForAll("request") RequestFacts a,
            @ForAll("label") String modelOfA,
            @ForAll("request") RequestFacts b,
            @ForAll("label") String modelOfB) {
        String key = CacheKeys.of(a, modelOfA, CacheRules.SHIPPED);
        String other = CacheKeys.of(b, modelOfB, CacheRules.SHIPPED);
        assertThat(key.equals(other)).isEqualTo(asked(a, modelOfA).equals(asked(b, modelOfB)));
    }

    /** What the answer depends on; an agent's hash covers the model that was asked for. */
    private static List<Object> asked(RequestFacts facts, String model) {
        String agent = facts.labels().agentId();
        if (facts.taskHash() == null || agent == null) {
            return List.of("llm", model, facts.promptHash());
        }
        return Stream.of(
                        "agent",
                        agent,
                        facts.taskHash(),
                        model.equals(facts.model()) ? "as asked" : "instead: " + model)
                .filter(Objects::nonNull)
                .map(part -> (Object) part)
                .toList();
    }
}
