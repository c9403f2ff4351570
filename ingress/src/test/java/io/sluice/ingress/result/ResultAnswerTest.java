package io.sluice.ingress.result;

import static io.sluice.ingress.result.Decisions.DECIDED_AT_MILLIS;
import static io.sluice.ingress.result.Decisions.limit;
import static io.sluice.ingress.result.Decisions.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.MutableHttpResponse;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.json.Json;
import io.sluice.ingress.ApiDescription;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultAnswerTest {
    @ParameterizedTest
    @CsvSource({
        "requests-per-minute,1001,429,2,true",
        "requests-per-minute,0,429,0,true",
        "tokens-per-minute,60000,429,60,true",
        "tokens-per-minute,60001,429,61,false",
        "tokens-per-minute,-1,429,,false",
        "requests-per-day,5000,429,5,false",
        "budget-per-day,5000,429,5,false",
        "budget-per-month,-1,429,,false",
        "queue-full,-1,429,1,true",
        "session-busy,-1,409,1,true",
        "model-not-allowed,-1,403,,false",
        "unpriced,-1,403,,false",
        "suspended,-1,403,,false"
    })
    void rejectionsSayWhetherAndWhenToComeBack(
            String reason, long retryAfterMillis, int status, String retryAfter, String should) {
        MutableHttpResponse<byte[]> answer = answer(rejected(reason, retryAfterMillis), 0);
        assertThat(answer.code()).isEqualTo(status);
        assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
        assertThat(answer.header("x-should-retry")).isEqualTo(should);
        assertThat(json(answer).at("/request/decision/reason").textValue()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "lane-full,503,1,true",
        "unavailable,503,1,true",
        "deadline,504,,true",
        "model-error,502,,true",
        "tokens-per-minute,429,,true",
        "budget-per-day,429,,false",
        "payload-error,502,,false"
    })
    void failuresSayWhoseTheyAre(String reason, int status, String retryAfter, String should) {
        MutableHttpResponse<byte[]> answer = answer(Decisions.failed(reason), 0);
        assertThat(answer.code()).isEqualTo(status);
        assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
        assertThat(answer.header("x-should-retry")).isEqualTo(should);
    }

    @Test
    void unavailableSaysWhenTheFirstTargetMayBeCalledAgain() {
        ResultItem failed = Decisions.failed(Names.UNAVAILABLE);
        ResultItem item =
                failed.toBuilder()
                        .decision(failed.decision().toBuilder().retryAfterMillis(4_200).build())
                        .build();
        assertThat(answer(item, 0).code()).isEqualTo(503);
        assertThat(answer(item, 0).header("Retry-After")).isEqualTo("5");
        assertThat(json(answer(item, 0)).get("type").textValue())
                .endsWith("#temporary-reduced-capacity");
    }

    @Test
    void cancelledIsAConflict() {
        ResultItem item = Decisions.item(ResultStatus.CANCELLED, Decisions.decision(List.of()));
        assertThat(answer(item, 0).code()).isEqualTo(409);
        assertThat(answer(item, 0).header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void quotaProblemNamesTheViolatedPolicyAsTheHeaderFieldsDo() {
        MutableHttpResponse<byte[]> answer =
                answer(rejected(Names.QUEUE_FULL, -1, limit(Names.MAX_PENDING, 5, 0, -1)), 0);
        assertThat(json(answer).get("type").textValue())
                .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
        assertThat(json(answer).at("/violated-policies/0").textValue()).isEqualTo("max-pending");
        assertThat(answer.header("RateLimit")).isEqualTo("\"max-pending\";r=0");
    }

    @Test
    void allViolatedLimitsHaveToLetARequestPassBeforeItIsWorthSendingAgain() {
        ResultItem both =
                refusedBy(
                        Names.QUEUE_FULL,
                        limit(Names.MAX_PENDING, 5, 0, -1),
                        limit(Names.BUDGET_PER_DAY, 1, 0, 43_200_000));
        assertThat(answer(both, 0).header("Retry-After")).isEqualTo("43200");
        assertThat(answer(both, 0).header("x-should-retry")).isEqualTo("false");
        assertThat(answer(both, 43_200_000).header("Retry-After")).isEqualTo("1");
        assertThat(json(answer(both, 0)).get("violated-policies").toString())
                .isEqualTo("[\"max-pending\",\"budget-per-day\"]");
    }

    @Test
    void aLimitThatEndsWithCallsDoesNotHideWhenTheOthersEnd() {
        LimitStatus pending = limit(Names.MAX_PENDING, 5, 0, -1);
        LimitStatus tokens = limit(Names.TOKENS_PER_MINUTE, 5, 0, 30_000);
        ResultItem soon = refusedBy(Names.QUEUE_FULL, pending, tokens);
        assertThat(answer(soon, 0).header("Retry-After")).isEqualTo("30");
        assertThat(answer(soon, 0).header("x-should-retry")).isEqualTo("true");
        ResultItem day =
                refusedBy(
                        Names.REQUESTS_PER_DAY,
                        limit(Names.REQUESTS_PER_DAY, 9, 0, 60_000),
                        pending);
        assertThat(answer(day, 0).header("Retry-After")).isEqualTo("60");
        assertThat(answer(day, 0).header("x-should-retry")).isEqualTo("false");
        ResultItem never = refusedBy(Names.MODEL_NOT_ALLOWED, pending);
        assertThat(answer(never, 0).header("Retry-After")).isNull();
        ResultItem busy = refusedBy(Names.SESSION_BUSY, limit(Names.BUDGET_PER_DAY, 1, 0, 9_000));
        assertThat(answer(busy, 0).header("Retry-After")).isEqualTo("9");
        assertThat(answer(busy, 0).header("x-should-retry")).isEqualTo("false");
    }

    /** Refused for that reason, by all of these limits; nobody knows when it would be admitted. */
    private static ResultItem refusedBy(String reason, LimitStatus... limits) {
        ResultItem item = rejected(reason, -1, limits);
        List<String> violated = Stream.of(limits).map(LimitStatus::name).toList();
        return item.toBuilder()
                .decision(item.decision().toBuilder().violated(violated).build())
                .build();
    }

    @Test
    void retryAfterIsNotBeforeTheViolatedWindowEnds() {
        ResultItem item =
                rejected(
                        Names.REQUESTS_PER_MINUTE,
                        1_000,
                        limit(Names.REQUESTS_PER_DAY, 10, 5, 80_000_000),
                        limit(Names.REQUESTS_PER_MINUTE, 10, 0, 7_001));
        assertThat(answer(item, 0).header("Retry-After")).isEqualTo("8");
        assertThat(answer(item, 0).header("RateLimit")).contains("\"requests-per-minute\";r=0;t=8");
    }

    @Test
    void retryAfterCountsFromTheAnswerAndNotFromTheDecision() {
        ResultItem item = rejected(Names.REQUESTS_PER_MINUTE, 30_000);
        assertThat(answer(item, 12_900).header("Retry-After")).isEqualTo("18");
        assertThat(answer(item, 3_600_000).header("Retry-After")).isEqualTo("0");
    }

    @Test
    void budgetsAreDecimalStringsAndOtherLimitsIntegers() {
        ResultItem item =
                Decisions.item(
                        ResultStatus.SUCCEEDED,
                        Decisions.decision(
                                        List.of(
                                                limit(
                                                                Names.BUDGET_PER_DAY,
                                                                1_500_000_000_000L,
                                                                0,
                                                                5)
                                                        .toBuilder()
                                                        .debt(1)
                                                        .build(),
                                                limit(Names.MAX_PENDING, 5, 4, -1)))
                                .toBuilder()
                                .shadow(List.of(Names.TOKENS_PER_MINUTE))
                                .warnings(List.of(Names.BUDGET_PER_DAY))
                                .downgradedTo("cheap")
                                .unpriced(true)
                                .build());
        JsonNode decision = json(ResultAnswer.ofRead(item, DECIDED_AT_MILLIS)).get("decision");
        assertThat(decision.get("limits").toString())
                .isEqualTo(
                        "[{\"name\":\"budget-per-day\",\"limit\":\"1.5\",\"remaining\":\"0\","
                                + "\"reset_ms\":5,\"debt\":\"0.000000000001\"},"
                                + "{\"name\":\"max-pending\",\"limit\":5,\"remaining\":4}]");
        assertThat(decision.get("shadow").toString()).isEqualTo("[\"tokens-per-minute\"]");
        assertThat(decision.get("warnings").toString()).isEqualTo("[\"budget-per-day\"]");
        assertThat(decision.get("downgraded_to").textValue()).isEqualTo("cheap");
        assertThat(decision.get("unpriced").booleanValue()).isTrue();
        assertThat(decision.at("/limits/0").properties())
                .hasSameSizeAs(ApiDescription.fieldsOf("Limit"));
    }

    @Test
    void everythingThatIsShownIsDescribed() {
        ResultItem item =
                rejected(Names.QUEUE_FULL, 5, limit(Names.BUDGET_PER_DAY, 1, 0, 5)).toBuilder()
                        .possibleDuplicate(true)
                        .decision(
                                rejected(Names.QUEUE_FULL, 5).decision().toBuilder()
                                        .shadow(List.of("a"))
                                        .warnings(List.of("b"))
                                        .downgradedTo("c")
                                        .unpriced(true)
                                        .build())
                        .build();
        JsonNode view = json(ResultAnswer.ofRead(item, DECIDED_AT_MILLIS));
        assertThat(ApiDescription.fieldsOf(view)).isEqualTo(ApiDescription.fieldsOf("Item"));
        assertThat(ApiDescription.fieldsOf(view.get("decision")))
                .isEqualTo(ApiDescription.fieldsOf("Decision"));
        assertThat(ApiDescription.fieldsOf(json(answer(item, 0))))
                .isSubsetOf(ApiDescription.fieldsOf("Problem"));
    }

    @Test
    void whatIsNotSetIsNotShown() {
        ResultItem item = Decisions.item(ResultStatus.SUCCEEDED, Decisions.decision(List.of()));
        JsonNode decision = json(ResultAnswer.ofRead(item, DECIDED_AT_MILLIS)).get("decision");
        assertThat(decision.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactly("outcome", "limits", "policy_version", "decided_at", "seq");
    }

    private static MutableHttpResponse<byte[]> answer(ResultItem item, long ageMillis) {
        return ResultAnswer.ofSubmit(item, "/v1/requests", DECIDED_AT_MILLIS + ageMillis);
    }

    private static JsonNode json(MutableHttpResponse<byte[]> answer) {
        return Json.parse(answer.body());
    }
}
