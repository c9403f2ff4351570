package io.sluice.ingress.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.CacheMode;
import io.sluice.contract.Priority;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PromptPayload;
import io.sluice.contract.policy.ResolvedPolicy;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.tenant.Policies;
import io.sluice.ingress.tenant.PoliciesOf;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionReaderTest {
    private static final String MODEL = "\"model\":\"amazon.nova-micro-v1:0\"";
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private final Policies policies = PoliciesOf.shipped();
    private final SubmissionReader reader = new SubmissionReader(policies);

    /** A body that is right but for the given members, and what the refusal names. */
    static Stream<Arguments> refused() {
        return Stream.of(
                // not an object of JSON
                body("", "empty"),
                body("{", "not JSON"),
                body("[]", "expected an object"),
                body("null", "expected an object"),
                body("\"x\"", "expected an object"),
                body("{}x", "not JSON"),
                body("{" + MODEL + "," + MODEL + "," + MESSAGES + "}", "Duplicate field 'model'"),
                body("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}", "not JSON"),
                body("{\"temperature\":1" + "0".repeat(200) + "}", "not JSON"),
                // fields
                with("\"modle\":1,\"zoo\":2", "'modle', 'zoo'"),
                with("\"a\\nb\":1", "'a?b'"),
                body("{" + MESSAGES + "}", "model: missing"),
                body("{" + MODEL + "}", "messages: missing"),
                body("{" + MODEL + ",\"messages\":null}", "messages: missing"),
                // model
                model("7", "model: seen a number"),
                model("\"\"", "model: seen 0 characters"),
                model("\"gpt-9\"", "model: unknown model 'gpt-9', expected one that"),
                model("\"amazon.nova-micro-v1:0 \"", "model: unknown model"),
                model("\"x y.amazon.nova-micro-v1:0\"", "model: unknown model"),
                model("\"evil/amazon.nova-micro-v1:0\"", "model: unknown model"),
                model("\"#amazon.nova-micro-v1:0\"", "model: unknown model"),
                model("\"" + "a".repeat(300) + "\"", "model: seen 300 characters"),
                // messages
                messages("{}", "messages: seen an object, expected a list"),
                messages("[]", "messages: the list is empty"),
                messages("[1]", "messages[0]: seen a number"),
                messages("[{\"role\":\"user\"}]", "messages[0].content: missing"),
                messages("[{\"content\":\"x\"}]", "messages[0].role: missing"),
                messages("[{\"role\":\"system\",\"content\":\"x\"}]", "messages[0].role"),
                messages("[{\"role\":\"assistant\",\"content\":\"x\"}]", "begin with user"),
                messages(
                        "[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"y\"}]",
                        "messages[1].role"),
                messages("[{\"role\":\"user\",\"content\":\"\"}]", "messages[0].content"),
                messages("[{\"role\":\"user\",\"content\":[]}]", "0 content blocks"),
                messages(
                        "[{\"role\":\"user\",\"content\":7}]",
                        "messages[0].content: seen a number"),
                messages("[{\"role\":\"user\",\"content\":[{}]}]", "messages[0].content[0]"),
                messages(
                        "[{\"role\":\"user\",\"content\":[{\"text\":\"x\",\"toolUse\":{}}]}]",
                        "'messages[0].content[0].toolUse'"),
                messages(
                        "[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"text\":\"x\"}]}]",
                        "messages[0].content[0].type"),
                messages(
                        "[{\"role\":\"user\",\"content\":[{\"toolUse\":{\"toolUseId\":\"1\",\"name\":\"n\"}}]}]",
                        "toolUse.input: missing"),
                messages(
                        "[{\"role\":\"user\",\"content\":[{\"toolResult\":{\"toolUseId\":\"1\",\"content\":[{}]}}]}]",
                        "either text or json"),
                messages(
                        "[{\"role\":\"user\",\"content\":\"x\",\"name\":\"y\"}]",
                        "'messages[0].name'"),
                // text
                messages("[{\"role\":\"user\",\"content\":\"a\\u0000b\"}]", "NUL"),
                messages("[{\"role\":\"user\",\"content\":\"a\\ud83d\"}]", "unpaired surrogate"),
                messages("[{\"role\":\"user\",\"content\":\"\\ude00a\"}]", "unpaired surrogate"),
                with("\"tools\":[{\"name\":\"t\",\"input_schema\":{\"\\u0000\":1}}]", "NUL"),
                // numbers
                with("\"max_tokens\":0", "max_tokens: seen 0, expected a whole number"),
                with("\"max_tokens\":-1", "max_tokens"),
                with("\"max_tokens\":200001", "from 1 to 200000"),
                with("\"max_tokens\":1.5", "max_tokens"),
                with("\"max_tokens\":\"5\"", "max_tokens: seen a string"),
                with("\"max_tokens\":1e99", "max_tokens"),
                with("\"max_tokens\":1e999999999", "beyond 10^±400"),
                with("\"max_tokens\":99999999999999999999999", "max_tokens"),
                with("\"temperature\":1.0000001", "temperature"),
                with("\"temperature\":-0.1", "temperature"),
                with("\"temperature\":\"0\"", "temperature: seen a string"),
                with("\"temperature\":NaN", "not JSON"),
                with("\"top_p\":2", "top_p"),
                with("\"deadline_ms\":0", "deadline_ms"),
                with("\"deadline_ms\":600001", "deadline_ms"),
                with("\"deadline_ms\":true", "deadline_ms: seen a boolean"),
                with("\"tools\":[{\"name\":\"t\",\"input_schema\":{\"x\":1e-999999}}]", "10^±400"),
                // words and labels
                with("\"priority\":\"urgent\"", "priority"),
                with("\"priority\":1", "priority: seen a number"),
                with("\"cache\":\"no\"", "cache"),
                with("\"endpoint\":\"a b\"", "endpoint"),
                with("\"endpoint\":\"\"", "endpoint"),
                with("\"agent_id\":\"" + "a".repeat(65) + "\"", "agent_id"),
                with("\"session\":7", "session"),
                with("\"user_id\":\"a#b\"", "user_id"),
                with("\"task\":7", "task: seen a number"),
                with("\"metadata\":[]", "metadata: seen a list"),
                with("\"metadata\":{\"a b\":\"x\"}", "metadata"),
                with("\"metadata\":{\"a\":1}", "metadata.a"),
                with("\"metadata\":{" + entries(17) + "}", "17 entries"),
                // the rest
                with("\"system\":7", "system: seen a number"),
                with("\"system\":[{\"toolUse\":{}}]", "system[0]"),
                with("\"stop\":\"x\"", "stop: seen a string"),
                with("\"stop\":[\"\"]", "stop[0]"),
                with("\"stop\":[" + "\"x\",".repeat(16) + "\"y\"]", "17 elements"),
                with("\"tools\":{}", "tools: seen an object"),
                with("\"tools\":[{\"name\":\"t\"}]", "tools[0].input_schema: missing"),
                with("\"tools\":[{\"name\":\"a b\",\"input_schema\":{}}]", "tools[0].name"),
                with(
                        "\"tools\":[{\"name\":\"t\",\"input_schema\":{}},{\"name\":\"t\",\"input_schema\":{}}]",
                        "tools[1].name: another tool"),
                with("\"tool_choice\":\"auto\"", "tool_choice: there are no tools"),
                with(
                        "\"tools\":[{\"name\":\"t\",\"input_schema\":{}}],\"tool_choice\":{\"name\":\"u\"}",
                        "tool_choice.name"),
                with("\"response_format\":\"json\"", "response_format: seen a string"),
                with("\"response_format\":{\"type\":\"xml\"}", "response_format.type"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void wrongBodyIsRefusedByName(String body, String named) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> read(body));
        assertThat(refusal).as("accepted: " + body).isNotNull();
        assertThat(refusal.problem().status()).isEqualTo(400);
        assertThat(refusal.problem().detail()).contains(named).hasSizeLessThan(1_000);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] body =
                ("{" + MODEL + ",\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]}")
                        .getBytes(StandardCharsets.ISO_8859_1);
        body[body.length - 5] = (byte) 0xff;
        assertThat(
                        catchThrowableOfType(
                                ProblemException.class,
                                () -> reader.read(body, PoliciesOf.of(policies, "acme"))))
                .isNotNull();
    }

    @Test
    void refusalsNeverRepeatThePrompt() {
        ProblemException refusal =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> read("{" + MODEL + ",\"messages\":\"hunter2\"}"));
        assertThat(refusal.problem().detail()).doesNotContain("hunter2");
    }

    @Test
    void leastBodyHasTheDocumentedDefaults() {
        Submission submission = read("{" + MODEL + "," + MESSAGES + "}");
        assertThat(submission.maxTokens()).isEqualTo(1_024);
        assertThat(submission.deadlineMillis()).isEqualTo(60_000);
        assertThat(submission.priority()).isEqualTo(Priority.NORMAL);
        assertThat(submission.cacheMode()).isEqualTo(CacheMode.DEFAULT);
        assertThat(submission.labels().endpoint()).isEqualTo("default");
        assertThat(submission.labels().agentId()).isNull();
        assertThat(PromptPayload.read(submission.prompt().payload()))
                .isEqualTo(Json.parse(PromptPayload.ofUserText("Hi", 1_024)));
    }

    @Test
    void nullMeansAbsent() {
        String nulls =
                "\"system\":null,\"max_tokens\":null,\"temperature\":null,\"top_p\":null,\"stop\":null,"
                        + "\"tools\":null,\"tool_choice\":null,\"response_format\":null,\"priority\":null,"
                        + "\"deadline_ms\":null,\"endpoint\":null,\"agent_id\":null,\"task\":null,"
                        + "\"session\":null,\"user_id\":null,\"cache\":null,\"metadata\":null";
        assertThat(read("{" + MODEL + "," + MESSAGES + "," + nulls + "}").prompt().hash())
                .isEqualTo(read("{" + MODEL + "," + MESSAGES + "}").prompt().hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us.amazon.nova-micro-v1:0",
                "arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.amazon.nova-micro-v1:0",
                "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0",
                "global.anthropic.claude-haiku-4-5-20251001-v1:0"
            })
    void profilesAndArnsOfKnownModelsAreAccepted(String model) {
        assertThat(read("{\"model\":\"" + model + "\"," + MESSAGES + "}").model()).isEqualTo(model);
    }

    @Test
    void everythingAtOnceIsAccepted() {
        Submission submission =
                read(
                        "{"
                                + MODEL
                                + ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a \\uD83C\\uDF0D\"}]},"
                                + "{\"role\":\"assistant\",\"content\":[{\"toolUse\":{\"toolUseId\":\"1\",\"name\":\"t\",\"input\":{\"q\":1}}}]},"
                                + "{\"role\":\"user\",\"content\":[{\"toolResult\":{\"toolUseId\":\"1\",\"content\":[{\"json\":{\"a\":[1]}}],\"status\":\"success\"}}]}],"
                                + "\"system\":\"s\",\"max_tokens\":512,\"temperature\":0,\"top_p\":1,\"stop\":[\"x\"],"
                                + "\"tools\":[{\"name\":\"t\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\"}}],"
                                + "\"tool_choice\":{\"name\":\"t\"},\"response_format\":{\"type\":\"json_object\"},"
                                + "\"priority\":\"high\",\"deadline_ms\":1,\"endpoint\":\"chat\",\"agent_id\":\"a\",\"task\":\"t\","
                                + "\"session\":\"s\",\"user_id\":\"u@x\",\"cache\":\"bypass\",\"metadata\":{"
                                + entries(16)
                                + "}}");
        assertThat(
                        Json.parse(submission.prompt().payload())
                                .at("/messages/0/content/0/text")
                                .textValue())
                .isEqualTo("a 🌍");
        assertThat(submission.labels().metadata()).hasSize(16);
        assertThat(submission.priority()).isEqualTo(Priority.HIGH);
    }

    private Submission read(String body) {
        return read(policies, body);
    }

    private static Submission read(Policies policies, String body) {
        return new SubmissionReader(policies)
                .read(body.getBytes(StandardCharsets.UTF_8), PoliciesOf.of(policies, "acme"));
    }

    @Test
    void aliasesStandForRealIdsAndListedModelsNeedNoPrice() {
        Policies own =
                PoliciesOf.yaml(
                        "models: {fast: {model: amazon.nova-micro-v1:0}, acme.own-v1: {}}\n");
        assertThat(read(own, "{\"model\":\"fast\"," + MESSAGES + "}").model())
                .isEqualTo("amazon.nova-micro-v1:0");
        assertThat(read(own, "{\"model\":\"acme.own-v1\"," + MESSAGES + "}").model())
                .isEqualTo("acme.own-v1");
        ProblemException refusal =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> read(own, "{\"model\":\"slow\"," + MESSAGES + "}"));
        assertThat(refusal.problem().detail()).contains("unknown model 'slow'");
    }

    @Test
    void policySaysWhatIsLeftOutAndWhatIsTooMuch() {
        Policies own =
                PoliciesOf.yaml(
                        "tenants: {acme: {priority: low, max_tokens: {default: 77, ceiling: 99}}}");
        Submission least = read(own, "{" + MODEL + "," + MESSAGES + "}");
        assertThat(least.maxTokens()).isEqualTo(77);
        assertThat(least.priority()).isEqualTo(Priority.LOW);
        assertThat(Json.parse(least.prompt().payload()).get("max_tokens").longValue())
                .isEqualTo(77);
        assertThat(read(own, "{" + MODEL + "," + MESSAGES + ",\"max_tokens\":99}").maxTokens())
                .isEqualTo(99);
        ProblemException refusal =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> read(own, "{" + MODEL + "," + MESSAGES + ",\"max_tokens\":100}"));
        assertThat(refusal.problem().detail()).contains("max_tokens: seen 100").contains("to 99");
    }

    @Test
    void estimateIsTheMostOverTheModelsThatABudgetMayTurnTo() {
        String text =
                ",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(500) + "\"}]}";
        String body = "{\"model\":\"meta.llama3-1-8b-instruct-v1:0\"" + text;
        Policies own =
                PoliciesOf.yaml(
                        "tenants: {acme: {budget_per_day_usd: {limit: 1, action: downgrade,"
                                + " downgrade_to: anthropic.claude-3-haiku-20240307-v1:0}}}");
        assertThat(read(own, body).prompt().estimatedInputTokens())
                .isGreaterThan(read(body).prompt().estimatedInputTokens());
    }

    private static Arguments body(String body, String named) {
        return Arguments.of(body, named);
    }

    private static Arguments with(String members, String named) {
        return body("{" + MODEL + "," + MESSAGES + "," + members + "}", named);
    }

    private static Arguments model(String value, String named) {
        return body("{\"model\":" + value + "," + MESSAGES + "}", named);
    }

    private static Arguments messages(String value, String named) {
        return body("{" + MODEL + ",\"messages\":" + value + "}", named);
    }

    private static String entries(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":\"v\"");
        }
        return text.toString();
    }

    @Test
    void routeOfAnAliasTravelsAlongUnderItsFirstModelAndAllItsFamiliesAreEstimated() {
        Policies policies =
                PoliciesOf.yaml(
                        "models: {chat: {targets: [{model: amazon.nova-micro-v1:0, region: us-east-1},"
                                + " {model: acme.own}]}, acme.own: {family: unknown}}");
        ResolvedPolicy policy = PoliciesOf.of(policies, "acme");
        SubmissionReader reader = new SubmissionReader(policies);

        Submission routed = reader.read(bodyOf("chat"), policy);
        Submission plain = reader.read(bodyOf("amazon.nova-micro-v1:0"), policy);

        assertThat(routed.model()).isEqualTo("amazon.nova-micro-v1:0");
        assertThat(routed.route()).isEqualTo(policy.routeOf("chat")).isNotNull();
        assertThat(plain.route()).isNull();
        assertThat(routed.prompt().estimatedInputTokens())
                .as("the most cautious family")
                .isGreaterThanOrEqualTo(plain.prompt().estimatedInputTokens());
    }

    private static byte[] bodyOf(String model) {
        return ("{\"model\":\"" + model + "\"," + MESSAGES + "}").getBytes(StandardCharsets.UTF_8);
    }
}
