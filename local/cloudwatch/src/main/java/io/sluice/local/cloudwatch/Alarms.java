package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * PutMetricAlarm, PutCompositeAlarm, DescribeAlarms and DeleteAlarms. Actions are kept, never
 * taken. Used by one thread.
 */
final class Alarms {

    private static final int MOST_RECORDS = 100;
    private static final int RECORDS = 50;

    private final NamedDocuments documents;
    private final MetricStore store;

    Alarms(NamedDocuments documents, MetricStore store) {
        this.documents = documents;
        this.store = store;
    }

    ObjectNode put(ObjectNode alarm, long nowMillis) throws IOException {
        documents.put(alarm.path("AlarmName").asText(), alarm.put("UpdatedMillis", nowMillis));
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode describe(Input request, long nowMillis) {
        long most = request.whole("MaxRecords", RECORDS);
        if (most < 1 || most > MOST_RECORDS) {
            throw CloudWatchException.invalidValue(
                    "MaxRecords is " + most + ", expected 1 to " + MOST_RECORDS);
        }
        String wanted = request.text("StateValue");
        if (!Set.of("", "OK", "ALARM", "INSUFFICIENT_DATA").contains(wanted)) {
            throw CloudWatchException.invalidValue("StateValue " + wanted + " is unknown");
        }
        AlarmStates states = new AlarmStates(store, documents.all(), nowMillis / 60_000);
        List<ObjectNode> found =
                documents.all().values().stream()
                        .filter(alarm -> fits(alarm, request))
                        .map(alarm -> shown(alarm, states))
                        .filter(
                                alarm ->
                                        wanted.isEmpty()
                                                || alarm.path("StateValue").asText().equals(wanted))
                        .toList();
        int from = (int) Math.min(PageToken.read(request.text("NextToken")), found.size());
        int to = (int) Math.min(from + most, found.size());
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        ArrayNode composites = response.putArray("CompositeAlarms");
        ArrayNode metrics = response.putArray("MetricAlarms");
        found.subList(from, to)
                .forEach(alarm -> (alarm.has("AlarmRule") ? composites : metrics).add(alarm));
        if (to < found.size()) {
            response.put("NextToken", PageToken.write(to));
        }
        return response;
    }

    ObjectNode delete(Input request) throws IOException {
        List<String> names = request.texts("AlarmNames");
        if (names.isEmpty()) {
            throw CloudWatchException.missing("AlarmNames");
        }
        for (String name : names) {
            if (!documents.all().containsKey(name)) {
                throw CloudWatchException.noAlarm(name);
            }
        }
        documents.remove(names);
        return JsonNodeFactory.instance.objectNode();
    }

    /** Without types asked for, DescribeAlarms gives metric alarms alone. */
    private static boolean fits(ObjectNode alarm, Input request) {
        String name = alarm.path("AlarmName").asText();
        List<String> names = request.texts("AlarmNames");
        List<String> types = request.texts("AlarmTypes");
        String type = alarm.has("AlarmRule") ? "CompositeAlarm" : "MetricAlarm";
        return (names.isEmpty() || names.contains(name))
                && name.startsWith(request.text("AlarmNamePrefix"))
                && (types.isEmpty() ? type.equals("MetricAlarm") : types.contains(type));
    }

    private static ObjectNode shown(ObjectNode alarm, AlarmStates states) {
        ObjectNode shown = alarm.deepCopy();
        Instant updated = Instant.ofEpochMilli(shown.path("UpdatedMillis").asLong());
        shown.remove("UpdatedMillis");
        String name = shown.path("AlarmName").asText();
        shown.put("StateValue", states.of(name)).put("StateReason", "Judged when asked for");
        shown.putPOJO("AlarmConfigurationUpdatedTimestamp", updated);
        return shown;
    }
}
