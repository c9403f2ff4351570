package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.Candidate;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A job that is killed, replaced while it lives on, and restored, over stores and a model that fail
 * at every step. Everything that takes time is an event, and chance says which comes next; the seed
 * is the whole schedule.
 */
final class LedgerCampaign {
    private static final int MOST_EVENTS = 200_000;

    /** Two regions, and another model when both are used up. */
    private static final Route ROUTE =
            new Route(
                    List.of(
                            candidate(Target.of(Requests.MODEL), 0),
                            candidate(Target.of(Requests.MODEL, "us-west-2", ServiceTier.FLEX), 1)),
                    0,
                    candidate(Target.of("amazon.nova-lite-v1:0"), 0));

    /** What is to happen, once it is due. */
    record Event(CampaignRun run, long dueMillis, Runnable work, boolean storeOperation) {}

    final Random random;
    final TreeMap<String, AttemptItem> attempts = new TreeMap<>();
    final Map<String, ResultItem> results = new HashMap<>();
    final Map<String, Integer> calls = new HashMap<>();
    final Map<String, List<OutcomeEvent>> outcomes = new HashMap<>();
    final Map<String, AdmittedRequest> requests = new TreeMap<>();
    final List<Event> pending = new ArrayList<>();
    boolean faults = true;
    long now = Requests.NOW;
    int kills;
    int replacements;

    private final boolean withZombies;
    private final Set<String> doneAtCheckpoint = new HashSet<>();
    private final List<CampaignRun> zombies = new ArrayList<>();
    private CampaignRun current;
    private int runs;

    LedgerCampaign(long seed, boolean withZombies) {
        this.random = new Random(seed);
        this.withZombies = withZombies;
        this.current = new CampaignRun(this, "run-" + runs++, false);
    }

    /** Runs the schedule, and then lets everything come to its end. */
    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        faults = false;
        if (random.nextBoolean()) {
            zombies.forEach(CampaignRun::kill);
        }
        restart();
        int events = 0;
        while (!current.done.containsAll(open()) || current.isDead()) {
            restartIfDead();
            assertThat(events++).as("the end is never reached").isLessThan(MOST_EVENTS);
            runOne();
        }
        for (events = 0; !pending.isEmpty() && events < MOST_EVENTS; events++) {
            runOne();
        }
    }

    boolean chance(int percent) {
        return faults && random.nextInt(100) < percent;
    }

    private static Candidate candidate(Target target, int rank) {
        return new Candidate(target, rank, 1, TargetQuota.ofModel(target.model()));
    }

    private void step() {
        restartIfDead();
        int dice = random.nextInt(1_000);
        if (dice < 12) {
            kills++;
            current.kill();
            restart();
        } else if (dice < 20 && withZombies) {
            replacements++;
            zombies.add(current);
            restart();
        } else if (dice < 28 && !zombies.isEmpty()) {
            zombies.remove(random.nextInt(zombies.size())).kill();
        } else if (dice < 60) {
            doneAtCheckpoint.addAll(current.done);
        } else if (dice < 80) {
            now += random.nextInt(3_000);
        } else if (dice < 130 && requests.size() < 12) {
            AdmittedRequest request = request("r" + requests.size());
            requests.put(request.request().facts().requestId(), request);
            current.submit(request);
        } else {
            runOne();
        }
    }

    private void restartIfDead() {
        if (current.isDead()) {
            restart();
        }
    }

    /** The new run begins a little later than the one before. */
    private void restart() {
        now += 1 + random.nextInt(2_000);
        current = new CampaignRun(this, "run-" + runs++, true);
        open().forEach(id -> current.submit(requests.get(id)));
    }

    private List<String> open() {
        return requests.keySet().stream().filter(id -> !doneAtCheckpoint.contains(id)).toList();
    }

    private void runOne() {
        if (pending.isEmpty()) {
            return;
        }
        List<Event> due = pending.stream().filter(event -> event.dueMillis() <= now).toList();
        if (due.isEmpty()) {
            now = pending.stream().mapToLong(Event::dueMillis).min().orElse(now);
            return;
        }
        Event next = due.get(random.nextInt(due.size()));
        pending.remove(next);
        next.work().run();
    }

    private AdmittedRequest request(String id) {
        long deadline = now + (random.nextInt(4) == 0 ? 4_000 : 600_000);
        AdmittedRequest plain =
                Requests.admitted("acme", id, Requests.MODEL, deadline, random.nextInt(1, 5));
        RequestFacts facts = plain.request().facts();
        AmbiguousAction action =
                random.nextBoolean() ? AmbiguousAction.RETRY : AmbiguousAction.FAIL;
        RequestEvent event =
                plain.request().toBuilder()
                        .facts(
                                facts.toBuilder()
                                        .receivedAtMillis(now)
                                        .policy(
                                                facts.policy().toBuilder()
                                                        .ambiguous(action)
                                                        .build())
                                        .build())
                        .build();
        return Requests.routed(
                new AdmittedRequest(event, plain.decision()),
                random.nextBoolean() ? ROUTE : null,
                null);
    }

    List<AttemptItem> attemptsOf(String requestId) {
        String prefix = AttemptItem.keyPrefix(requestId);
        return attempts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }
}
