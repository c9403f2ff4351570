package io.sluice.local.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.ulid.Ulid;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.json.Json;
import io.sluice.local.command.print.FileBar;
import io.sluice.sinks.story.RequestRecords;
import io.sluice.sinks.story.Story;
import io.sluice.sinks.verify.RecordWalk;
import io.sluice.sinks.verify.VerifyScope;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice audit show}: one request's whole story. */
@Command(
        name = "show",
        description =
                "Tell what became of a request, in plain words, with the counters and the clock"
                        + " that it was decided by. Reads the archive from the hour on in which the"
                        + " request's id was made; --to ends the search earlier. Whether the"
                        + " archive can be trusted 'audit verify' tells.",
        mixinStandardHelpOptions = true)
final class ShowAuditCommand implements Callable<Integer> {
    private static final Pattern TIMED = Pattern.compile("req_[0-7][0-9A-HJKMNP-TV-Z]{25}.*");
    private static final int ULID_AT = 4;
    private static final int ULID_END = 30;

    /** A clock may be wrong by so much. */
    private static final long SKEW_MILLIS = 3_600_000;

    @Mixin private ArchiveOptions archive = new ArchiveOptions();

    @Mixin private SpanOptions span = new SpanOptions();

    @Parameters(paramLabel = "REQUEST_ID", description = "The request.")
    private String requestId = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, FindingException {
        if (!RequestRecords.isId(requestId)) {
            throw new ParameterException(
                    spec.commandLine(), "REQUEST_ID: expected an id such as req_01J…");
        }
        List<AuditRecord> records = records();
        if (records.isEmpty()) {
            throw new FindingException(
                    "no record of "
                            + requestId
                            + " is in "
                            + archive.path()
                            + ". Records are archived when the job's next checkpoint is complete");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (archive.json()) {
            out.println(Json.text(json(records)));
        } else {
            out.print(Story.of(requestId, records).text());
        }
        out.flush();
        return 0;
    }

    private List<AuditRecord> records() throws IOException {
        long from = Math.max(span.fromMillis(), madeAtMillis());
        VerifyScope scope = new VerifyScope(from, span.toMillis(), span.tenant());
        RequestRecords records = new RequestRecords(requestId, span.tenant());
        try (FileBar bar = new FileBar("audit show")) {
            RecordWalk.over(archive.folder(), scope, bar, records);
        }
        return records.found();
    }

    private long madeAtMillis() {
        return TIMED.matcher(requestId).matches()
                ? Ulid.from(requestId.substring(ULID_AT, ULID_END)).getTime() - SKEW_MILLIS
                : Long.MIN_VALUE;
    }

    private ObjectNode json(List<AuditRecord> records) {
        ObjectNode node = Json.object().put("request_id", requestId);
        ArrayNode list = node.putArray("records");
        for (AuditRecord record : records) {
            list.addObject()
                    .put("hash", Hex.of(record.hash()))
                    .set("record", Json.parse(record.body()));
        }
        return node;
    }
}
