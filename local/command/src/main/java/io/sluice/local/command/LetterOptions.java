package io.sluice.local.command;

import io.sluice.local.command.api.SluiceApi;
import io.sluice.local.command.letters.LetterApi;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which letters, and where they are asked for. */
final class LetterOptions {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(names = "--tenant", description = "Only this tenant's; - for those of nobody.")
    private @Nullable String tenant;

    @Option(
            names = "--reason",
            description =
                    "Only those of this reason: malformed-event, exhausted, ambiguous or"
                            + " payload-lost.")
    private @Nullable String reason;

    @Option(
            names = "--from",
            description =
                    "Only those that died then or later: a date, or a time such as"
                            + " 2026-11-26T10:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", description = "Only those that died before.")
    private @Nullable String to;

    boolean json() {
        return common.json();
    }

    /** Whether any condition was given. */
    boolean any() {
        return !conditions().isEmpty();
    }

    Map<String, String> conditions() {
        Map<String, String> conditions = new TreeMap<>();
        put(conditions, "tenant", tenant);
        put(conditions, "reason", reason);
        put(conditions, "from", from);
        put(conditions, "to", to);
        return conditions;
    }

    LetterApi api() throws IOException, FindingException {
        return api(common);
    }

    static LetterApi api(CommonOptions common) throws IOException, FindingException {
        return new LetterApi(
                new SluiceApi(SluiceApi.client(), common.endpoints().api(), common.keys().admin()));
    }

    private static void put(Map<String, String> conditions, String name, @Nullable String value) {
        if (value != null) {
            conditions.put(name, value);
        }
    }
}
