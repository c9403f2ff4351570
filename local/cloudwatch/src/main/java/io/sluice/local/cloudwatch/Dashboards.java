package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * PutDashboard, GetDashboard, ListDashboards and DeleteDashboards. A body with errors is not
 * stored. Used by one thread.
 */
final class Dashboards {

    private static final int LONGEST_NAME = 255;
    private static final int PER_PAGE = 1000;
    private static final String ARN = "arn:aws:cloudwatch::000000000000:dashboard/";

    private final NamedDocuments documents;

    Dashboards(NamedDocuments documents) {
        this.documents = documents;
    }

    ObjectNode put(Input request, long nowMillis) throws IOException {
        String name = request.requiredText("DashboardName", LONGEST_NAME);
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw CloudWatchException.invalidDashboard(
                    List.of(
                            new DashboardBody.Problem(
                                    "",
                                    "Dashboard name has invalid characters, expected letters,"
                                            + " digits, - and _.")));
        }
        if (!request.has("DashboardBody")) {
            throw CloudWatchException.missing("DashboardBody");
        }
        String body = request.text("DashboardBody");
        List<DashboardBody.Problem> problems = DashboardBody.problems(body);
        if (!problems.isEmpty()) {
            throw CloudWatchException.invalidDashboard(problems);
        }
        documents.put(
                name, JsonNodeFactory.instance.objectNode().put("body", body).put("at", nowMillis));
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.putArray("DashboardValidationMessages");
        return response;
    }

    ObjectNode get(Input request) {
        String name = request.requiredText("DashboardName", LONGEST_NAME);
        ObjectNode found = documents.all().get(name);
        if (found == null) {
            throw CloudWatchException.noDashboard(name);
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("DashboardArn", ARN + name)
                .put("DashboardBody", found.path("body").asText())
                .put("DashboardName", name);
    }

    ObjectNode list(Input request) {
        String prefix = request.text("DashboardNamePrefix");
        List<Map.Entry<String, ObjectNode>> found =
                documents.all().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(prefix))
                        .toList();
        int from = (int) Math.min(PageToken.read(request.text("NextToken")), found.size());
        int to = Math.min(from + PER_PAGE, found.size());
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = response.putArray("DashboardEntries");
        for (Map.Entry<String, ObjectNode> entry : found.subList(from, to)) {
            String body = entry.getValue().path("body").asText();
            entries.addObject()
                    .put("DashboardName", entry.getKey())
                    .put("DashboardArn", ARN + entry.getKey())
                    .put("Size", (long) body.getBytes(StandardCharsets.UTF_8).length)
                    .putPOJO(
                            "LastModified",
                            Instant.ofEpochMilli(entry.getValue().path("at").asLong()));
        }
        if (to < found.size()) {
            response.put("NextToken", PageToken.write(to));
        }
        return response;
    }

    ObjectNode delete(Input request) throws IOException {
        List<String> names = request.texts("DashboardNames");
        if (names.isEmpty()) {
            throw CloudWatchException.missing("DashboardNames");
        }
        for (String name : names) {
            if (!documents.all().containsKey(name)) {
                throw CloudWatchException.noDashboard(name);
            }
        }
        documents.remove(names);
        return JsonNodeFactory.instance.objectNode();
    }
}
