package io.sluice.local.command.letters;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.FindingException;
import io.sluice.local.command.api.Reply;
import io.sluice.local.command.api.SluiceApi;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The administration's calls around dead letters. */
public final class LetterApi {
    private static final String PATH = "/v1/admin/dead-letters";
    private static final int PAGE = 100;

    private final SluiceApi api;

    public LetterApi(SluiceApi api) {
        this.api = api;
    }

    /** Letters that meet the conditions, newest first, at most so many. */
    public List<JsonNode> list(Map<String, String> conditions, int most)
            throws IOException, InterruptedException, FindingException {
        List<JsonNode> found = new ArrayList<>();
        String cursor = "";
        do {
            String limit = "limit=" + Math.min(PAGE, most - found.size());
            JsonNode page = ok(api.get(PATH + '?' + limit + query(conditions) + cursor));
            page.path("dead_letters").forEach(found::add);
            JsonNode next = page.path("next_cursor");
            cursor = next.isTextual() ? "&cursor=" + next.textValue() : "";
        } while (!cursor.isEmpty() && found.size() < most);
        return found;
    }

    /** One letter, with its record if that is wanted. */
    public JsonNode show(String id, boolean record)
            throws IOException, InterruptedException, FindingException {
        return ok(api.get(PATH + '/' + id + (record ? "?record=true" : "")));
    }

    /** Sends a letter's record in again; the reply's status may be any. */
    public Reply redrive(String id) throws IOException, InterruptedException {
        return api.post(PATH + '/' + id + "/redrive", Json.object());
    }

    /** How many letters of the last day there are. */
    public JsonNode counts() throws IOException, InterruptedException, FindingException {
        return ok(api.get(PATH + "/counts"));
    }

    private static JsonNode ok(Reply reply) throws FindingException {
        if (!reply.successful()) {
            throw new FindingException(reply.problem());
        }
        return reply.body();
    }

    private static String query(Map<String, String> conditions) {
        return conditions.entrySet().stream()
                .map(
                        each ->
                                '&'
                                        + each.getKey()
                                        + '='
                                        + URLEncoder.encode(
                                                each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }
}
