package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a price file says wrong is refused by key and value. */
class PriceFileErrorsTest {
    private static final String GOOD =
            "\"model\":\"m\",\"scopes\":[\"base\"],\"input\":\"1\",\"output\":\"2\"";

    private static void refused(String file, String... messages) {
        assertThatThrownBy(() -> PriceBookJson.read(Json.parse(file)))
                .isInstanceOf(MalformedJsonException.class)
                .satisfies(
                        e -> {
                            for (String message : messages) {
                                assertThat(e).hasMessageContaining(message);
                            }
                        });
    }

    private static String file(String rows) {
        return "{\"version\":\"v\",\"prices\":[" + rows + "]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"input\":\"0.0000001\"|prices[0].input: seen '0.0000001', expected USD per million",
                "\"input\":\"1e-9\"|prices[0].input: seen '1e-9', expected USD per million",
                "\"input\":\"-1\"|prices[0].input: seen '-1', expected USD per million",
                "\"input\":0.5|prices[0].input: seen 0.5, expected USD per million",
                "\"input\":\"100000.1\"|prices[0].input: seen 100000100000 * 10^-12 USD a token",
                "\"output\":null|prices[0].output: seen null, expected USD per million",
                "\"cache_wirte_5m\":\"1\"|prices[0].cache_wirte_5m: no such key, expected one of batch, cache_read",
                "\"model\":\"us.m\"|prices[0].model: seen 'us.m', expected 'm', and 'us' among its scopes",
                "\"scopes\":[]|prices[0].scopes: seen [], expected at least one of",
                "\"scopes\":[\"mars\"]|prices[0].scopes: seen [\"mars\"], expected a list of apac",
                "\"from\":\"soon\"|prices[0].from: seen 'soon', expected a day",
                "\"from\":\"2026-02-30\"|prices[0].from: seen '2026-02-30', expected a day",
                "\"batch\":\"half\"|prices[0].batch: seen 'half', expected a multiplier",
                "\"batch\":\"0.0000001\"|prices[0].batch: seen '0.0000001'",
                "\"input\":\"0.000001\",\"batch\":\"0.5\"|prices[0].batch: input times 0.5 is finer than",
                "\"service_tiers\":{\"default\":\"2\"}|prices[0].service_tiers.default: no such key, expected one of flex",
                "\"long_context\":[{\"above_input_tokens\":-1,\"input\":\"1\",\"output\":\"1\"}]|prices[0].long_context[0].above_input_tokens: seen -1",
                "\"long_context\":[{\"above_input_tokens\":1,\"input\":\"1\"}]|prices[0].long_context[0].output: seen nothing",
            })
    void rowThatIsWrongIsRefused(String field, String message) {
        StringBuilder row = new StringBuilder();
        for (String good : GOOD.split(",(?=\")")) {
            if (!field.startsWith(good.substring(0, good.indexOf(':') + 1))) {
                row.append(good).append(',');
            }
        }
        refused(file("{" + row + field + "}"), message);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        refused(
                file("{" + GOOD + ",\"x\":1},{" + GOOD + "},{" + GOOD + "},7"),
                "prices[0].x: no such key",
                "(model 'm')",
                "prices[2]: seen a second price of 'm' in scope base from the same time",
                "the first is prices[1]",
                "prices[3]: seen 7, expected an object");
    }

    @Test
    void filesOfTheFormatBeforeAreRefusedWithWhatToDo() {
        refused(
                "{\"version\":\"v\",\"models\":{\"m\":{\"input\":\"1\",\"output\":\"1\"}}}",
                "models: seen the format of before, expected a list 'prices'");
    }

    @Test
    void fileItselfIsChecked() {
        refused("[]", "the file: seen [], expected an object");
        refused("{\"prices\":[]}", "version: seen nothing");
        refused("{\"version\":\"a b\",\"prices\":[]}", "version: seen 'a b'");
        refused("{\"version\":\"v\"}", "prices: seen nothing, expected a list");
        refused("{\"version\":\"v\",\"prices\":[],\"currency\":\"EUR\"}", "currency: no such key");
    }

    @Test
    void profilesAreChecked() {
        String arn = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1";
        String start = "{\"version\":\"v\",\"prices\":[{" + GOOD + "}],\"application_profiles\":";
        refused(start + "[]}", "application_profiles: seen []");
        refused(start + "{\"m\":\"m\"}}", "application_profiles: seen the key 'm'");
        refused(start + "{\"" + arn + "\":\"us.m\"}}", arn + ": seen 'us.m', expected the id");
    }
}
