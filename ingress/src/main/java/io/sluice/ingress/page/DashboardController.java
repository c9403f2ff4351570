package io.sluice.ingress.page;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.sluice.ingress.problem.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The dashboard: static files that read its figures with the key asked, see {@code
 * io.sluice.ingress.dashboard}.
 */
@Controller("/dashboard")
@Hidden
final class DashboardController {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
                    + " 'none'";
    private static final String UPLOT = "META-INF/resources/webjars/uplot/" + uPlotVersion();

    private static final String PAGE = "index.html";

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final List<String> MODULES =
            List.of(
                    "charts.js",
                    "dom.js",
                    "figures.js",
                    "fleet.js",
                    "format.js",
                    "main.js",
                    "session.js",
                    "story.js",
                    "stream.js",
                    "tenant.js");

    private final Map<String, ClassPathFile> files = files();

    private static Map<String, ClassPathFile> files() {
        Map<String, ClassPathFile> files = new HashMap<>();
        files.put(PAGE, ClassPathFile.of("dashboard/" + PAGE, "text/html; charset=utf-8"));
        MODULES.forEach(name -> files.put(name, ClassPathFile.of("dashboard/" + name, SCRIPT)));
        files.put("dashboard.css", ClassPathFile.of("dashboard/dashboard.css", STYLE));
        files.put("icon.svg", ClassPathFile.of("dashboard/icon.svg", "image/svg+xml"));
        files.put("uplot.js", ClassPathFile.of(UPLOT + "/dist/uPlot.iife.min.js", SCRIPT));
        files.put("uplot.css", ClassPathFile.of(UPLOT + "/dist/uPlot.min.css", STYLE));
        return files;
    }

    /** The page. */
    @Get
    HttpResponse<byte[]> page() {
        return file(PAGE);
    }

    /** What the page is made of. */
    @Get("/{name}")
    HttpResponse<byte[]> file(@PathVariable String name) {
        ClassPathFile file = files.get(name);
        if (file == null) {
            throw Problem.of(HttpStatus.NOT_FOUND, "The dashboard has no such file.").asException();
        }
        MutableHttpResponse<byte[]> answer = file.answer();
        return answer.header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer");
    }

    private static String uPlotVersion() {
        Properties about = new Properties();
        try {
            about.load(
                    new ByteArrayInputStream(
                            ClassPathFile.read(
                                    "META-INF/maven/org.webjars.npm/uplot/pom.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException("uPlot's version cannot be read", e);
        }
        return about.getProperty("version");
    }
}
