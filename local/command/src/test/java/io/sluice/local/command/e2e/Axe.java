package io.sluice.local.command.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/** Deque's axe-core: looks for what keeps people from using a page. */
final class Axe {
    private static final String RUN =
            """
            const done = arguments[0];
            axe.run(document).then(
                (found) => done(found.violations.map((v) =>
                    v.impact + ' ' + v.id + ': ' + v.nodes.map((n) => n.target).join(', '))),
                (failure) => done(['serious: axe failed: ' + failure]));
            """;

    private final ChromeDriver page;
    private final String script;

    Axe(Chromium chromium) throws IOException {
        page = chromium.page();
        page.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Serious and critical findings of the page as it is now; lesser ones are printed. */
    List<String> seriousFindings() {
        page.executeScript(script);
        List<String> all =
                ((List<?>) page.executeAsyncScript(RUN)).stream().map(String::valueOf).toList();
        all.forEach(finding -> System.out.println("axe: " + finding));
        return all.stream()
                .filter(f -> f.startsWith("serious") || f.startsWith("critical"))
                .toList();
    }
}
