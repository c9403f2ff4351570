package io.sluice.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.api.Reply;
import io.sluice.local.command.api.SluiceApi;
import io.sluice.local.command.print.TextTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice submit}: sends one prompt and shows what became of it. */
@Command(
        name = "submit",
        description = "Send one prompt and print the answer, its usage, cost and decision.",
        mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(names = "--key", required = true, description = "A tenant's API key.")
    private String key = "";

    @Option(
            names = "--model",
            defaultValue = "amazon.nova-micro-v1:0",
            description = "The model (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Option(names = "--max-tokens", description = "Most tokens of the answer.")
    private int maxTokens;

    @Option(
            names = "--wait",
            defaultValue = "30",
            description = "Seconds to wait for the answer (default: ${DEFAULT-VALUE}).")
    private int waitSeconds;

    @Parameters(paramLabel = "PROMPT", description = "What to ask.")
    private String prompt = "";

    @Override
    public Integer call() throws Exception {
        ObjectNode request = Json.object().put("model", model);
        request.putArray("messages").addObject().put("role", "user").put("content", prompt);
        if (maxTokens > 0) {
            request.put("max_tokens", maxTokens);
        }
        SluiceApi api = new SluiceApi(SluiceApi.client(), common.endpoints().api(), key);
        Reply reply;
        try {
            reply = api.submit(request, waitSeconds).join();
        } catch (java.util.concurrent.CompletionException e) {
            throw new FindingException(
                    common.endpoints().api() + " cannot be reached: " + e.getCause(), e);
        }
        if (common.json()) {
            System.out.println(Json.text(reply.body()));
            return reply.status() == 200 ? 0 : 1;
        }
        JsonNode item = reply.body().has("request") ? reply.body().path("request") : reply.body();
        if (reply.status() != 200) {
            System.err.println(
                    reply.status() == 202
                            ? "no answer yet after " + waitSeconds + " s"
                            : reply.problem());
        } else {
            System.out.println(item.path("output").path("text").asText() + "\n");
        }
        System.out.print(table(item).text());
        return reply.status() == 200 ? 0 : 1;
    }

    private static TextTable table(JsonNode item) {
        TextTable table = TextTable.ofText();
        if (item.has("id")) {
            table.row("id", item.path("id").asText());
            table.row("status", item.path("status").asText());
        }
        JsonNode decision = item.path("decision");
        if (decision.isObject()) {
            table.row("decision", decision.path("outcome").asText());
            if (decision.has("reason")) {
                table.row("reason", decision.path("reason").asText());
            }
            if (decision.has("retry_after_ms")) {
                table.row("come back in", decision.path("retry_after_ms").asText() + " ms");
            }
        }
        if (item.has("usage")) {
            table.row("input tokens", item.path("usage").path("input_tokens").asText("0"));
            table.row("output tokens", item.path("usage").path("output_tokens").asText("0"));
            table.row("cost", item.path("cost_usd").asText("0") + " USD");
            table.row("latency", item.path("latency_ms").asText() + " ms");
        }
        return table;
    }
}
