package io.sluice.local.command.e2e;

import java.util.List;
import java.util.Random;

/** What a client asks next; the random numbers alone decide. */
@FunctionalInterface
interface Questions {

    /** The model that most ask. */
    String NOVA = "amazon.nova-micro-v1:0";

    /** The body of one request. */
    String next(Random random);

    /**
     * One in four of a few that many ask, so that some are served or coalesced; the rest asked
     * once.
     */
    static Questions plain() {
        return random -> body(random, question(random), "");
    }

    /** A model of several targets, for whom the policy of {@link ChaosSystem} knows them. */
    String ROUTED_MODEL = "routed";

    /**
     * The same with a model of several targets, conversations, endpoints, priorities, and some
     * deadlines that may pass; the others outlast any restart.
     */
    static Questions varied() {
        return random -> {
            StringBuilder more = new StringBuilder();
            if (random.nextInt(5) == 0) {
                more.append(",\"session\":\"talk-").append(random.nextInt(4)).append('"');
            }
            if (random.nextInt(4) == 0) {
                more.append(",\"cache\":\"")
                        .append(random.nextBoolean() ? "bypass" : "refresh")
                        .append('"');
            }
            more.append(",\"deadline_ms\":")
                    .append(random.nextInt(6) == 0 ? 2_000 + random.nextInt(20_000) : 300_000);
            more.append(",\"priority\":\"").append(one(random, "high", "normal", "low"));
            more.append("\",\"endpoint\":\"").append(one(random, "chat", "search")).append('"');
            String body = body(random, question(random), more.toString());
            return random.nextInt(3) == 0 ? body.replace(NOVA, ROUTED_MODEL) : body;
        };
    }

    private static int question(Random random) {
        return random.nextInt(4) == 0 ? random.nextInt(20) : random.nextInt();
    }

    private static String body(Random random, int question, String more) {
        return "{\"model\":\""
                + one(random, NOVA, "anthropic.claude-haiku-4-5-20251001-v1:0")
                + "\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"question "
                + question
                + "\"}]"
                + more
                + "}";
    }

    private static String one(Random random, String... choices) {
        return List.of(choices).get(random.nextInt(choices.length));
    }
}
