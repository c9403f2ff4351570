package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

/** The dashboard in a real browser, before real usage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardITCase {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> TENANTS =
            List.of("demo-free", "demo-business", "demo-enterprise");

    @TempDir static Path dataDir;
    @TempDir static Path profile;

    private Chromium chromium;
    private SluiceProcess sluice;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        chromium = Chromium.start(profile);
        sluice = SluiceProcess.start(dataDir);
        sluice.awaitReady(Duration.ofMinutes(2));
        admin = new Api(sluice.endpoint("api"), sluice.adminKey());
        chromium.resize(1280, 900);
        chromium.page().get(sluice.endpoint("dashboard"));
    }

    @AfterAll
    void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (sluice != null) {
            sluice.close();
        }
    }

    @Test
    @Order(1)
    void aWrongKeyIsSaidPlainly() {
        for (String wrong : List.of("nonsense", sluice.tenantKeys().get("demo-free"))) {
            enter(wrong);
            await().atMost(SOON)
                    .ignoreException(StaleElementReferenceException.class)
                    .until(() -> element("#key-error").getText().contains("key"));
            assertThat(element("#ask").isDisplayed()).isTrue();
            assertThat(element("#usage").isDisplayed()).isFalse();
        }
        // The browser itself logs the two refused calls; the page adds nothing to them.
        assertThat(chromium.consoleErrors())
                .allMatch(message -> message.contains("Failed to load resource"));
    }

    @Test
    @Order(2)
    void figuresMoveWithTheTrafficAndWithoutAReload() {
        enter(sluice.adminKey());
        await().atMost(SOON).until(() -> element("#usage").isDisplayed());
        chromium.page().executeScript("window.sameDocument = true");
        for (String tenant : TENANTS) {
            send(tenant, 3);
        }
        await().atMost(SOON).untilAsserted(() -> assertShown(3));
        send("demo-free", 12);
        send("demo-business", 4);
        send("demo-enterprise", 4);
        await().atMost(SOON).untilAsserted(() -> assertShown(7));
        assertThat(shown("demo-free", "rejected")).isEqualTo("5");
        assertThat(chromium.page().executeScript("return window.sameDocument")).isEqualTo(true);
        assertThat(chromium.page().findElements(By.cssSelector("#charts canvas"))).hasSize(4);
    }

    @Test
    @Order(3)
    void theKeyIsAskedOncePerTab() {
        chromium.page().navigate().refresh();
        await().atMost(SOON).until(() -> element("#usage").isDisplayed());
        assertThat(element("#ask").isDisplayed()).isFalse();
    }

    @Test
    @Order(4)
    void aPhoneNeedsNoSidewaysScrolling() throws Exception {
        chromium.screenshot(Path.of("target/dashboard-1280.png"));
        chromium.resize(390, 844);
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(
                                                (Long)
                                                        chromium.page()
                                                                .executeScript(
                                                                        "return document.documentElement.scrollWidth"))
                                        .isLessThanOrEqualTo(390L));
        assertThat(chromium.page().executeScript("return window.innerWidth")).isEqualTo(390L);
        chromium.screenshot(Path.of("target/dashboard-390.png"));
    }

    @Test
    @Order(5)
    void nothingIsLoggedAsAnErrorAndNoOtherHostIsAsked() {
        assertThat(chromium.consoleErrors()).isEmpty();
        assertThat(chromium.hostsAsked())
                .containsExactly(URI.create(sluice.endpoint("dashboard")).getAuthority());
    }

    private void send(String tenant, int requests) {
        Api api = new Api(sluice.endpoint("api"), sluice.tenantKeys().get(tenant));
        for (int i = 0; i < requests; i++) {
            Api.Answer answer = api.submit(Api.question(Api.MODEL, "chat", "a question " + i % 3));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        }
    }

    private void assertShown(int atLeast) {
        Map<String, JsonNode> usage = usage();
        for (String tenant : TENANTS) {
            JsonNode counts = usage.get(tenant);
            assertThat(counts).as(tenant).isNotNull();
            assertThat(counts.path("requests").asInt()).as(tenant).isGreaterThanOrEqualTo(atLeast);
            for (String field :
                    List.of("requests", "admitted", "rejected", "cache_hits", "cost_usd")) {
                assertThat(shown(tenant, field))
                        .as(tenant + " " + field)
                        .isEqualTo(counts.path(field).asText());
            }
        }
    }

    private Map<String, JsonNode> usage() {
        JsonNode tenants = admin.get("/v1/admin/usage?granularity=minute").json().path("tenants");
        return StreamSupport.stream(tenants.spliterator(), false)
                .collect(
                        java.util.stream.Collectors.toMap(
                                tenant -> tenant.path("tenant_id").asText(), tenant -> tenant));
    }

    private String shown(String tenant, String field) {
        String cell = "#totals tr[data-tenant='" + tenant + "'] td[data-field='" + field + "']";
        Object text =
                chromium.page()
                        .executeScript(
                                "const cell = document.querySelector(arguments[0]); return cell ? cell.textContent : ''",
                                cell);
        return String.valueOf(text);
    }

    private void enter(String key) {
        element("#key").sendKeys(key);
        element("#connect").click();
    }

    private WebElement element(String selector) {
        return chromium.page().findElement(By.cssSelector(selector));
    }
}
