package dev.laurel.credential.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Needs;
import dev.laurel.credential.check.BadgeReport.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Badges that the software of others made are valid, in each format, and every forgery of them is not. */
class NodeMadeBadgesTests {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void whatOthersMadeIsValidAndWhatWasForgedIsNot() throws Exception {
        Path contexts =
                Path.of("src/main/resources/dev/laurel/credential/contexts").toAbsolutePath();
        Process process = new ProcessBuilder("node", "make.mjs", contexts.toString())
                .directory(Needs.node().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String made = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        JsonNode json = JsonMapper.shared().readTree(made);
        BadgeVerifier verifier = verifier(json.get("documents"));

        List<String> wrong = new ArrayList<>();
        for (JsonNode badge : json.get("valid")) {
            judge(verifier, badge, true, wrong);
        }
        for (JsonNode badge : json.get("forged")) {
            judge(verifier, badge, false, wrong);
        }

        assertThat(wrong).isEmpty();
        assertThat(json.get("valid").size()).isGreaterThan(10);
        assertThat(json.get("forged").size()).isGreaterThan(35);
    }

    private static void judge(BadgeVerifier verifier, JsonNode badge, boolean valid, List<String> wrong) {
        BadgeReport report = verifier.verify(badge.get("badge").stringValue().getBytes(StandardCharsets.UTF_8));
        if (valid != (report.verdict() == Verdict.VALID)) {
            wrong.add(badge.get("name").stringValue() + ": " + report.checks());
        }
    }

    private static BadgeVerifier verifier(JsonNode documents) {
        Web web = new Web() {

            @Override
            public byte[] get(java.net.URI address) {
                JsonNode found = documents.get(address.toString());
                if (found == null) {
                    throw new RefusedException(Reason.NOT_FOUND, address.toString());
                }
                return found.toString().getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public void requireTime() {}
        };
        return new BadgeVerifier(badges -> web, (issuer, badge) -> Optional.empty(), Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
