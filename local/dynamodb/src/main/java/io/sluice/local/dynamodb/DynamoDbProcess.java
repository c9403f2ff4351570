package io.sluice.local.dynamodb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The process: {@code --data-dir <dir> --port <port>}. Prints {@code ready <port>} to standard
 * output when it answers, and nothing else there. Ends when standard input ends (the parent is
 * gone) or brings the line {@code stop}. A second process on the same directory waits for the first
 * to end.
 */
public final class DynamoDbProcess {

    private static final long STOP_SECONDS = 10;
    private static final long LOCK_SECONDS = 20;

    private DynamoDbProcess() {}

    /**
     * Runs until told to stop; the exit status is 0 then, 1 when the start failed and 2 for wrong
     * arguments.
     */
    public static void main(String[] args) {
        PrintStream out = System.out;
        System.setOut(System.err); // what libraries print must not look like ours
        // Not in the root of the jar, where it would be taken for the configuration of whoever
        // depends on it.
        System.setProperty(
                "log4j2.configurationFile", "classpath:io/sluice/local/dynamodb/log4j2.xml");
        int status;
        try {
            status = run(args, System.in, out);
        } catch (Exception e) {
            System.err.println("DynamoDB Local cannot run: " + e);
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }

    private static int run(String[] args, InputStream in, PrintStream out) throws Exception {
        String dataDir = option(args, "--data-dir");
        String port = option(args, "--port");
        if (args.length != 4 || dataDir == null || port == null || !port.matches("[0-9]{1,5}")) {
            System.err.println(
                    "expected --data-dir <dir> --port <0 to 65535>, got " + String.join(" ", args));
            return 2;
        }
        CountDownLatch parentGone = new CountDownLatch(1);
        daemon("wait for the parent", () -> awaitStop(in, parentGone));
        Path dir = Files.createDirectories(Path.of(dataDir));
        try (FileChannel lockFile =
                FileChannel.open(
                        dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            awaitLock(lockFile, parentGone);
            DynamoDbServer server = DynamoDbServer.start(dir, Integer.parseInt(port));
            out.println("ready " + server.port());
            out.flush();
            parentGone.await();
            daemon("end a stop that hangs", DynamoDbProcess::haltLater);
            server.stop();
        }
        return 0;
    }

    private static @Nullable String option(String[] args, String name) {
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (args[i].equals(name)) {
                return args[i + 1];
            }
        }
        return null;
    }

    /** Locks the file until its channel is closed. */
    private static void awaitLock(FileChannel file, CountDownLatch parentGone)
            throws IOException, InterruptedException {
        for (long tenths = 0; tenths < LOCK_SECONDS * 10; tenths++) {
            if (file.tryLock() != null) {
                return;
            }
            if (parentGone.await(100, TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "told to stop while waiting for another process to leave the data directory");
            }
        }
        throw new IOException(
                "another process has held the data directory for "
                        + LOCK_SECONDS
                        + " s; stop it or choose another directory");
    }

    private static void awaitStop(InputStream in, CountDownLatch parentGone) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && !line.equals("stop"); ) {
                line = lines.readLine();
            }
        } catch (IOException e) {
            System.err.println("standard input failed, stopping: " + e);
        } finally {
            parentGone.countDown();
        }
    }

    private static void haltLater() {
        try {
            TimeUnit.SECONDS.sleep(STOP_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
