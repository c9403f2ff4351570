package io.sluice.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A what-if report as one HTML file that needs nothing else: data, charts and their library. */
final class HtmlReport {
    private static final String UPLOT = "META-INF/resources/webjars/uplot/";

    private HtmlReport() {}

    static String of(JsonNode result) throws IOException {
        return resource("io/sluice/local/replay/report.html")
                .replace(
                        "/*UPLOT-CSS*/",
                        resource(UPLOT + versionOf("uplot") + "/dist/uPlot.min.css"))
                .replace(
                        "/*UPLOT-JS*/",
                        resource(UPLOT + versionOf("uplot") + "/dist/uPlot.iife.min.js"))
                .replace("/*DATA*/", embedded(result));
    }

    /** Nothing in data ends the script element or begins a comment in it. */
    private static String embedded(JsonNode result) {
        return Json.text(result).replace("<", "\\u003c").replace("\u2028", "\\u2028");
    }

    private static String versionOf(String jar) throws IOException {
        String properties = resource("META-INF/maven/org.webjars.npm/" + jar + "/pom.properties");
        return properties
                .lines()
                .filter(line -> line.startsWith("version="))
                .map(line -> line.substring("version=".length()).trim())
                .findFirst()
                .orElseThrow(() -> new IOException("the WebJar " + jar + " has no version"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("not on the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
