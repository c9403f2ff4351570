package io.sluice.benchmarks.engine;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * What others do: check and reserve in Redis with one Lua script per decision, many in flight on
 * one connection. The script knows duplicates, counts a minute and a day in fixed windows, and
 * reserves money: up to twice the limit in a minute, and nothing survives a crash.
 *
 * <p>Arguments: {@code tenants seconds}. Starts the {@code redis-server} of the path, without disk.
 */
public final class RedisBaseline {
    private static final int IN_FLIGHT = 512;
    private static final String SCRIPT =
            String.join(
                    "\n",
                    "if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', 3600) then return -1 end",
                    "if tonumber(redis.call('GET', KEYS[2]) or '0') >= tonumber(ARGV[1]) then return 0 end",
                    "if tonumber(redis.call('GET', KEYS[3]) or '0') >= tonumber(ARGV[2]) then return 0 end",
                    "if redis.call('INCR', KEYS[2]) == 1 then redis.call('EXPIRE', KEYS[2], 60) end",
                    "if redis.call('INCR', KEYS[3]) == 1 then redis.call('EXPIRE', KEYS[3], 86400) end",
                    "redis.call('INCRBY', KEYS[4], ARGV[3])",
                    "return 1");

    private RedisBaseline() {}

    /** Runs one measurement and prints a line. */
    public static void main(String[] args) throws Exception {
        int tenants = Integer.parseInt(args[0]);
        int seconds = Integer.parseInt(args[1]);
        int port = freePort();
        Process server =
                new ProcessBuilder(
                                "redis-server",
                                "--port",
                                String.valueOf(port),
                                "--save",
                                "",
                                "--appendonly",
                                "no")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        try (StatefulRedisConnection<String, String> connection = connect(client)) {
            RedisAsyncCommands<String, String> redis = connection.async();
            String sha = redis.scriptLoad(SCRIPT).get();
            run(redis, sha, tenants, 5);
            double perSecond = run(redis, sha, tenants, seconds);
            System.out.printf("decisions/s %.0f over %d s%n", perSecond, seconds);
        } finally {
            client.shutdown();
            server.destroy();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static double run(
            RedisAsyncCommands<String, String> redis, String sha, int tenants, int seconds)
            throws Exception {
        Deque<RedisFuture<Long>> flight = new ArrayDeque<>();
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        long seed = 42;
        long done = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 64; i++) {
                seed = seed * 6364136223846793005L + 1442695040888963407L;
                String tenant = "{tenant-" + Math.floorMod(seed >>> 33, tenants) + '}';
                String[] keys = {
                    tenant + ":id:" + Ids.of(System.currentTimeMillis(), begin + done + i),
                    tenant + ":m",
                    tenant + ":d",
                    tenant + ":held"
                };
                flight.add(redis.evalsha(sha, ScriptOutputType.INTEGER, keys, "10", "1000", "99"));
            }
            done += 64;
            while (flight.size() > IN_FLIGHT) {
                flight.remove().get();
            }
        }
        for (RedisFuture<Long> last : flight) {
            last.get();
        }
        return done * 1e9 / (System.nanoTime() - begin);
    }

    private static StatefulRedisConnection<String, String> connect(RedisClient client)
            throws InterruptedException {
        long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try {
                return client.connect();
            } catch (RuntimeException e) {
                if (System.nanoTime() > giveUp) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
