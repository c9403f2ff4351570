package io.sluice.local.command.demo;

import io.sluice.local.command.provision.DemoTenants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The schedule of a demo: the same seed gives the same traffic. Enterprise sends four fifths of it
 * evenly, business most of the rest evenly, free a twentieth in bursts that its limit cannot take.
 * Few prompts are asked often and many rarely.
 */
final class Traffic {
    private static final List<String> MODELS =
            List.of(
                    "amazon.nova-micro-v1:0",
                    "anthropic.claude-haiku-4-5-20251001-v1:0",
                    "anthropic.claude-sonnet-4-5-20250929-v1:0");
    private static final List<String> TASKS =
            List.of(
                    "Summarize the returns policy for %s in three sentences.",
                    "A customer says the %s arrived broken. Draft a reply.",
                    "Which questions do people ask most about %s?",
                    "Translate the product text of %s into German.",
                    "Classify the mood of this review: 'The %s is better than I thought.'",
                    "Write a headline for a newsletter about %s.",
                    "Extract order number and date from: 'Order 4711, %s, 3 May'.",
                    "Compare %s with its predecessor in a table.");
    private static final List<String> SUBJECTS =
            List.of(
                    "the espresso machine",
                    "the trail shoes",
                    "the desk lamp",
                    "the noise-cancelling headphones",
                    "the gardening set",
                    "the city bike",
                    "the travel backpack",
                    "the standing desk",
                    "the bread maker",
                    "the robot vacuum",
                    "the rain jacket",
                    "the camping stove",
                    "the mechanical keyboard",
                    "the yoga mat",
                    "the smoke detector",
                    "the kids' telescope",
                    "the cast-iron pan",
                    "the wireless charger",
                    "the cold-brew kit",
                    "the picnic blanket",
                    "the e-reader",
                    "the tool box",
                    "the water filter",
                    "the dog bed",
                    "the alarm clock");
    private static final List<String> ENDPOINTS = List.of("chat", "support", "catalog");
    private static final double PROMPT_EXPONENT = 1.1;
    private static final double MODEL_EXPONENT = 1.0;
    private static final long BURST_EVERY_MILLIS = 20_000;
    private static final long BURST_MILLIS = 1_500;

    private final SplittableRandom random;
    private final Zipf prompts = new Zipf(TASKS.size() * SUBJECTS.size(), PROMPT_EXPONENT);
    private final Zipf models = new Zipf(MODELS.size(), MODEL_EXPONENT);

    private Traffic(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** All requests in the order they are sent. */
    static List<DemoRequest> of(int seconds, int requestsPerSecond, long seed) {
        return new Traffic(seed).schedule(seconds * 1_000L, seconds * requestsPerSecond);
    }

    private List<DemoRequest> schedule(long millis, int count) {
        List<DemoRequest> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long even = random.nextLong(millis);
            if (i % 20 == 0) {
                all.add(request("free", Math.min(burst(even), millis - 1)));
            } else {
                all.add(request(i % 20 < 4 ? "business" : "enterprise", even));
            }
        }
        all.sort(Comparator.comparingLong(DemoRequest::atMillis));
        return all;
    }

    private long burst(long evenMillis) {
        return evenMillis / BURST_EVERY_MILLIS * BURST_EVERY_MILLIS + random.nextLong(BURST_MILLIS);
    }

    private DemoRequest request(String tier, long atMillis) {
        int rank = prompts.draw(random);
        // A prompt always goes to the same model, as an application's would: it can be cached.
        int model = models.draw(new SplittableRandom(rank));
        String prompt =
                String.format(TASKS.get(rank % TASKS.size()), SUBJECTS.get(rank / TASKS.size()));
        return new DemoRequest(
                atMillis,
                DemoTenants.tenantOf(tier),
                MODELS.get(model),
                prompt,
                ENDPOINTS.get(rank % ENDPOINTS.size()),
                256);
    }
}
