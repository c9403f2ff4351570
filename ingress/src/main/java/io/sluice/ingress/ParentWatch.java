package io.sluice.ingress;

import io.micronaut.context.ApplicationContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads standard input: stops the process on the line {@code stop}, and at its end if told so. */
final class ParentWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);

    private final boolean stopAtEnd;
    private final ApplicationContext context;

    ParentWatch(boolean stopAtEnd, ApplicationContext context) {
        this.stopAtEnd = stopAtEnd;
        this.context = context;
    }

    void start() {
        Thread thread = new Thread(this::read, "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.trim().equals("stop")) {
                    stop("told to stop");
                    return;
                }
            }
        } catch (IOException e) {
            LOG.warn("standard input broke", e);
        }
        if (stopAtEnd) {
            stop("the parent process is gone");
        }
    }

    private void stop(String why) {
        LOG.info("stopping: {}", why);
        context.close();
        System.exit(0);
    }
}
