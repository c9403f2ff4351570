package io.sluice.local.command.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The dashboard's page as a person sees it. */
final class DashboardPage {
    static final Duration SOON = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final String address;

    DashboardPage(Chromium chromium, String address) {
        this.driver = chromium.page();
        this.address = address;
    }

    /** Opens what is behind {@code #}. */
    void open(String hash) {
        driver.get(address + hash);
    }

    /** Enters a key by the keyboard. */
    void enter(String key) {
        element("#key").sendKeys(key + "\n");
    }

    void forgetKey() {
        element("#forget").click();
        await().atMost(SOON).until(() -> element("#ask").isDisplayed());
    }

    /** Waits for figures of a view: {@code fleet} or {@code tenant}. */
    void awaitView(String view) {
        await().atMost(SOON).until(() -> element("#" + view).isDisplayed());
    }

    /** The text of a cell; empty if there is none. */
    String cell(String table, String row, String field) {
        return text("#" + table + " tr[data-key='" + row + "'] [data-field='" + field + "']");
    }

    /** The text of a figure of a view. */
    String figure(String view, String name) {
        return text("#" + view + " [data-figure='" + name + "']");
    }

    /** All cells of a column. */
    List<String> column(String table, String field) {
        return driver
                .findElements(By.cssSelector("#" + table + " tbody [data-field='" + field + "']"))
                .stream()
                .map(WebElement::getText)
                .toList();
    }

    String text(String selector) {
        return String.valueOf(
                driver.executeScript(
                        "const node = document.querySelector(arguments[0]);"
                                + " return node ? node.textContent : ''",
                        selector));
    }

    /** The texts of all nodes of a selector. */
    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** What the steps of a story say, in the form in which the command prints it. */
    List<String> storyLines() {
        List<String> lines = new ArrayList<>();
        for (WebElement step : driver.findElements(By.cssSelector("#steps > li"))) {
            for (WebElement line : step.findElements(By.cssSelector("ul > li"))) {
                boolean became = "became".equals(line.getDomAttribute("class"));
                lines.add("    " + (became ? "-> " : "") + line.getText());
            }
            for (WebElement row : step.findElements(By.cssSelector("tbody tr"))) {
                List<WebElement> cells = row.findElements(By.cssSelector("th, td"));
                lines.add(
                        "    "
                                + cells.get(0).getText()
                                + ": "
                                + cells.get(1).getText()
                                + " -> "
                                + cells.get(2).getText());
            }
            String place = step.findElement(By.cssSelector(".place")).getText();
            lines.add("    " + place.replaceAll("^.*, (engine [^.]*)\\..*$", "$1"));
        }
        return lines;
    }

    Object script(String script) {
        return driver.executeScript(script);
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Milliseconds from the start of loading the page to the first figures on it. */
    long firstViewMillis() {
        Object millis =
                await().atMost(SOON)
                        .until(
                                () ->
                                        script(
                                                "const mark = performance.getEntriesByName('sluice-first-view')[0];"
                                                        + " return mark ? Math.round(mark.startTime) : null"),
                                found -> found != null);
        return ((Number) millis).longValue();
    }
}
