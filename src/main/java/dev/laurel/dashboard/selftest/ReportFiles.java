package dev.laurel.dashboard.selftest;

import dev.laurel.dashboard.explain.Say;
import dev.laurel.platform.selftest.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report as a file to hand on: as text, and as JSON with names that stay. */
@Component
class ReportFiles {

    private static final int VERSION = 1;

    private final Reports reports;

    private final Say say;

    private final JsonMapper json;

    ReportFiles(Reports reports, Say say, JsonMapper json) {
        this.reports = reports;
        this.say = say;
        this.json = json;
    }

    ResponseEntity<byte[]> json(Report report) {
        ObjectNode root = json.createObjectNode()
                .put("report", "laurel-self-test")
                .put("version", VERSION)
                .put("laurel", report.platform().laurel())
                .put("institution", report.institution())
                .put("askedAt", report.askedAt().toString())
                .put("endedAt", text(report.endedAt()));
        root.putObject("platform")
                .put("name", report.platform().name())
                .put("issuer", report.platform().issuer())
                .put("clientId", report.platform().clientId());
        ArrayNode checks = root.putArray("checks");
        report.parts()
                .forEach(part -> part.lines()
                        .forEach(line -> checks.addObject()
                                .put("check", line.check())
                                .put("title", line.title())
                                .put("outcome", line.outcome().name().toLowerCase(Locale.ROOT))
                                .put("sentence", line.sentence())
                                .put("whatToDo", line.mend())
                                .put("checkedAt", text(line.foundAt()))
                                .put("lastFineAt", text(line.lastOkAt()))
                                .put("ofThisRun", line.current())));
        ArrayNode capabilities = root.putArray("capabilities");
        report.capabilities()
                .forEach(group -> group.abilities()
                        .forEach(each -> capabilities
                                .addObject()
                                .put("capability", each.key())
                                .put("title", each.title())
                                .put("state", each.state())));
        ArrayNode unlocks = root.putArray("unlocks");
        report.unlocks().forEach(each -> {
            ArrayNode titles =
                    unlocks.addObject().put("sentence", each.sentence()).putArray("unlocks");
            each.titles().forEach(titles::add);
        });
        return file(
                "laurel-self-test.json",
                MediaType.APPLICATION_JSON,
                json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    ResponseEntity<byte[]> text(Report report) {
        StringBuilder text = new StringBuilder();
        line(text, reports.say("selftest.title", report.platform().name()));
        line(text, report.platform().issuer() + " · " + report.platform().clientId());
        line(text, report.platform().laurel());
        if (report.institution() != null) {
            line(text, report.institution());
        }
        line(text, reports.say("selftest.asked-at", say.utc(report.askedAt())));
        line(text, summary(report));
        report.parts().forEach(part -> {
            line(text, "");
            line(text, part.title().toUpperCase(Locale.ROOT));
            part.lines().forEach(each -> write(text, each));
        });
        writeCapabilities(text, report);
        return file(
                "laurel-self-test.txt", new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8), text.toString());
    }

    private void writeCapabilities(StringBuilder text, Report report) {
        line(text, "");
        line(text, reports.say("capability.title").toUpperCase(Locale.ROOT));
        report.capabilities().forEach(group -> {
            line(text, "");
            line(text, group.title());
            if (group.what() != null) {
                line(text, group.what());
            }
            group.abilities().forEach(each -> line(text, "  [" + each.words() + "] " + each.title()));
        });
        line(text, "");
        line(text, reports.say("capability.unlocks"));
        report.unlocks().forEach(unlock -> {
            line(text, "  " + unlock.sentence());
            unlock.titles().forEach(title -> line(text, "    - " + title));
        });
        if (report.unlocks().isEmpty()) {
            line(text, "  " + reports.say(report.unsure() ? "capability.unlock.unknown" : "capability.unlock.nothing"));
        }
    }

    private String summary(Report report) {
        return reports.say(
                "selftest.result",
                report.count(Outcome.OK.name()),
                report.count(Outcome.PROBLEM.name()),
                report.count(Outcome.NOT_TESTED.name()));
    }

    private void write(StringBuilder text, Report.Line line) {
        String outcome = reports.say("selftest.outcome." + line.outcome().name().toLowerCase(Locale.ROOT));
        line(text, "");
        line(text, "[" + outcome + "] " + line.title());
        line(text, "    " + line.sentence());
        if (line.lastOkAt() != null) {
            line(text, "    " + reports.say("selftest.worked-until", say.utc(line.lastOkAt())));
        }
        if (line.mend() != null) {
            line(text, "    " + reports.say("selftest.do") + ": " + line.mend());
        }
        if (line.foundAt() != null) {
            line(
                    text,
                    "    " + reports.say("selftest.found", say.utc(line.foundAt()))
                            + (line.current() ? "" : " (" + reports.say("selftest.earlier") + ")"));
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static ResponseEntity<byte[]> file(String name, MediaType type, String content) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(content.getBytes(StandardCharsets.UTF_8));
    }
}
