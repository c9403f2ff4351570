package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * AWS Query: a form in ({@code MetricData.member.1.Value=2}), XML out. What SDKs before the change
 * to CBOR speak.
 */
final class QueryWire implements Wire {

    private static final String NAMESPACE = "http://monitoring.amazonaws.com/doc/2010-08-01/";
    private static final Set<String> WITHOUT_RESULT =
            Set.of("PutMetricData", "PutMetricAlarm", "PutCompositeAlarm", "DeleteAlarms");
    private static final int DEEPEST = 12;
    private static final int MOST_MEMBERS = 100_000;

    @Override
    public Call read(HttpServerRequest http, byte[] body) {
        Branch root = new Branch();
        String operation = "";
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (name.equals("Action")) {
                operation = value;
            } else if (!name.isEmpty() && !name.equals("Version")) {
                root.put(name, value);
            }
        }
        if (operation.isEmpty()) {
            throw CloudWatchException.missing("Action");
        }
        boolean empty = root.children.isEmpty();
        return new Call(operation, empty ? JsonNodeFactory.instance.objectNode() : root.toJson());
    }

    @Override
    public String contentType() {
        return "text/xml";
    }

    @Override
    public byte[] write(String operation, ObjectNode result, String requestId) {
        StringBuilder xml = new StringBuilder();
        xml.append('<')
                .append(operation)
                .append("Response xmlns=\"")
                .append(NAMESPACE)
                .append("\">");
        if (!WITHOUT_RESULT.contains(operation)) {
            element(xml, operation + "Result", result);
        }
        xml.append("<ResponseMetadata><RequestId>")
                .append(requestId)
                .append("</RequestId></ResponseMetadata>");
        return xml.append("</")
                .append(operation)
                .append("Response>")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] write(CloudWatchException error, String requestId) {
        StringBuilder xml =
                new StringBuilder("<ErrorResponse xmlns=\"" + NAMESPACE + "\"><Error><Type>");
        xml.append(error.status() < 500 ? "Sender" : "Receiver")
                .append("</Type><Code>")
                .append(error.queryCode())
                .append("</Code><Message>");
        escape(xml, error.text());
        xml.append("</Message>");
        if (!error.problems().isEmpty()) {
            element(xml, "dashboardValidationMessages", Wire.messages(error));
        }
        xml.append("</Error><RequestId>").append(requestId).append("</RequestId></ErrorResponse>");
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void element(StringBuilder xml, String name, JsonNode value) {
        xml.append('<').append(name).append('>');
        if (value.isObject()) {
            value.properties().forEach(field -> element(xml, field.getKey(), field.getValue()));
        } else if (value.isArray()) {
            value.forEach(member -> element(xml, "member", member));
        } else if (value instanceof POJONode pojo && pojo.getPojo() instanceof Map<?, ?> map) {
            map.forEach(
                    (k, v) ->
                            xml.append("<entry><key>")
                                    .append(k)
                                    .append("</key><value>")
                                    .append(v)
                                    .append("</value></entry>"));
        } else if (value instanceof POJONode pojo) {
            xml.append(pojo.getPojo());
        } else {
            escape(xml, value.asText());
        }
        xml.append("</").append(name).append('>');
    }

    private static void escape(StringBuilder xml, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                default -> xml.append(isXml(c) ? c : '?');
            }
        }
    }

    /** Character data of XML 1.0, without what a pair of surrogates would need. */
    private static boolean isXml(char c) {
        return c == '\n'
                || c == '\t'
                || (c >= 0x20 && c < 0x7f)
                || (c >= 0xa0 && !Character.isSurrogate(c) && c <= 0xfffd);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw CloudWatchException.malformed("The body is not a form: " + e.getMessage());
        }
    }

    /** A node of the tree that dotted names span; below {@code member} the names are indexes. */
    private static final class Branch {
        private final Map<String, Branch> children =
                new TreeMap<>(
                        (a, b) -> {
                            int byLength =
                                    Integer.compare(
                                            a.length(),
                                            b.length()); // orders indexes without leading
                            // zeros by value
                            return byLength != 0 ? byLength : a.compareTo(b);
                        });
        private String text = "";

        void put(String name, String value) {
            Branch at = this;
            String[] steps = name.split("\\.", -1);
            if (steps.length > DEEPEST) {
                throw CloudWatchException.malformed(
                        "The parameter " + steps[0] + " is nested too deeply.");
            }
            for (String step : steps) {
                at = at.children.computeIfAbsent(step, s -> new Branch());
            }
            at.text = value;
        }

        JsonNode toJson() {
            if (children.isEmpty()) {
                return JsonNodeFactory.instance.textNode(text);
            }
            Branch members = children.get("member");
            if (members != null && members.children.size() <= MOST_MEMBERS) {
                Supplier<com.fasterxml.jackson.databind.node.ArrayNode> list =
                        JsonNodeFactory.instance::arrayNode;
                return members.children.values().stream()
                        .map(Branch::toJson)
                        .collect(list, (all, one) -> all.add(one), (a, b) -> a.addAll(b));
            }
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            children.forEach((name, child) -> json.set(name, child.toJson()));
            return json;
        }
    }
}
