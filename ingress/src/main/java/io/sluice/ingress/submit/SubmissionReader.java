package io.sluice.ingress.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.CacheMode;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.Priority;
import io.sluice.contract.policy.ModelCatalogue;
import io.sluice.contract.policy.ResolvedPolicy;
import io.sluice.ingress.body.Body;
import io.sluice.ingress.body.BodyFields;
import io.sluice.ingress.tenant.Policies;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks a submit body by hand on a strict JSON tree against the policy in force. */
@Singleton
final class SubmissionReader {
    private static final int MOST_MODEL_CHARACTERS = 256;

    private static final int MOST_TASK_CHARACTERS = 4_096;
    private static final int MOST_METADATA = 16;
    private static final long DEFAULT_DEADLINE_MILLIS = 60_000;
    private static final long MOST_DEADLINE_MILLIS = 600_000;

    /** Every field that a body may have. */
    static final Set<String> FIELDS = fields();

    private final Policies policies;

    SubmissionReader(Policies policies) {
        this.policies = policies;
    }

    private static Set<String> fields() {
        Set<String> names =
                new TreeSet<>(
                        Set.of(
                                "model",
                                "priority",
                                "deadline_ms",
                                "endpoint",
                                "agent_id",
                                "task",
                                "session",
                                "user_id",
                                "cache",
                                "metadata"));
        names.addAll(PromptReader.FIELDS);
        return names;
    }

    /** The submission in these bytes; a problem naming what is wrong if there is none. */
    Submission read(byte[] utf8, ResolvedPolicy policy) {
        BodyFields body = Body.object(utf8).only(FIELDS);
        ModelCatalogue models = policies.document().models();
        String named = body.text("model", MOST_MODEL_CHARACTERS);
        ModelChoice choice = ModelChoice.of(named, policy, models);
        String model = choice.model();
        ObjectNode document = PromptReader.read(body, policy);
        String task = body.optionalText("task", MOST_TASK_CHARACTERS);
        Labels labels = labels(body);
        Priority priority = body.word("priority", policy.defaultPriority(), Priority::ofWireName);
        CacheMode cacheMode = body.word("cache", CacheMode.DEFAULT, CacheMode::ofWireName);
        long deadlineMillis =
                body.number("deadline_ms", 1, MOST_DEADLINE_MILLIS, DEFAULT_DEADLINE_MILLIS);
        if (!models.knows(model, policies.prices())) {
            throw body.wrong(
                    "model",
                    "unknown model '"
                            + BodyFields.shown(named)
                            + "', expected one that the price book or the policy lists");
        }
        Prompt prompt = Prompt.of(choice.families(models, policy.effective()), document);
        return new Submission(
                model,
                choice.route(),
                prompt,
                task == null || labels.agentId() == null ? null : prompt.taskHash(task, model),
                document.get("max_tokens").longValue(),
                priority,
                cacheMode,
                deadlineMillis,
                labels);
    }

    private static Labels labels(BodyFields body) {
        String endpoint = body.optionalLabel("endpoint");
        return Labels.builder()
                .endpoint(endpoint == null ? Names.DEFAULT_ENDPOINT : endpoint)
                .agentId(body.optionalLabel("agent_id"))
                .session(body.optionalLabel("session"))
                .userId(body.optionalLabel("user_id"))
                .metadata(metadata(body))
                .build();
    }

    private static Map<String, String> metadata(BodyFields body) {
        Map<String, String> metadata = new TreeMap<>();
        JsonNode given = body.optional("metadata");
        if (given == null) {
            return metadata;
        }
        BodyFields.of("metadata", given);
        if (given.size() > MOST_METADATA) {
            throw body.wrong(
                    "metadata",
                    "seen " + given.size() + " entries, expected at most " + MOST_METADATA);
        }
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            if (!Names.LABEL.matcher(entry.getKey()).matches()) {
                throw body.wrong("metadata", "a key does not match " + Names.LABEL.pattern());
            }
            metadata.put(
                    entry.getKey(),
                    BodyFields.labelOf("metadata." + entry.getKey(), entry.getValue()));
        }
        return metadata;
    }
}
