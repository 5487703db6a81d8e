package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Needs;
import dev.laurel.credential.TestPictures;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.document.AchievementCredential.Dates;
import dev.laurel.credential.document.AchievementCredential.Holder;
import dev.laurel.credential.document.CredentialSamples.Part;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.status.CredentialStatus;
import dev.laurel.credential.status.Withdrawal;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifiers that others wrote judge credentials with every two optional parts there and not, signed before and after every key
 * was replaced, in each format, in force, taken back and suspended, out of a baked picture; and forgeries of them.
 */
class NodeMatrixTests {

    private static final long SEED = 7;

    private static final int MOST_SETS = 40;

    private static final Instant BEFORE_ROTATION = Instant.parse("2026-03-02T11:00:00Z");

    private static final String SCHEMA =
            "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

    private static final List<KeyAlgorithm> JWTS = List.of(KeyAlgorithm.RS256, KeyAlgorithm.ES256);

    private final TestIssuer issuer = new TestIssuer();

    private final JsonMapper json = JsonMapper.shared();

    @Test
    void theyAgreeOnEachOfThemAndOnEachForgery(@TempDir Path folder) throws Exception {
        Path node = Needs.node();
        Path schema = Needs.shared().resolve("fixtures/schema/ob_v3p0_achievementcredential_schema.json");
        CredentialSamples samples = issuer.samples(SEED);
        List<Set<Part>> sets = CredentialSamples.pairs(SEED, MOST_SETS);
        List<Map<String, Object>> more = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            boolean old = i < sets.size() / 2;
            if (i == sets.size() / 2) {
                issuer.rotate(KeyAlgorithm.ED25519);
                JWTS.forEach(issuer::rotate);
            }
            AchievementCredential credential = samples.of(sets.get(i));
            more.add(judged(credential, "credential " + i, old, i % 5 == 4));
            if (i % 4 == 3) {
                more.addAll(later(changed(credential, credential.dates(), credential.holder()), "credential " + i));
            }
        }
        more.add(expired(samples.of(sets.get(0))));
        Map<String, Object> documents = new LinkedHashMap<>();
        documents.put(PinnedContexts.CREDENTIALS_V2, context("credentials-v2.jsonld"));
        documents.put(PinnedContexts.OPEN_BADGES, context("open-badges-3.0.3.json"));
        documents.put(PinnedContexts.EXTENSIONS, context("open-badges-extensions.json"));
        documents.put(SCHEMA, json.readTree(Files.readString(schema)));
        issuer.published().forEach((url, document) -> documents.put(url, tree(document)));
        Path input = folder.resolve("input.json");
        Files.writeString(input, json.writeValueAsString(Map.of("documents", documents, "more", more, "schema", true)));

        Process process = new ProcessBuilder("node", "verify.mjs", input.toString())
                .directory(node.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(
                        "seed %s: %s",
                        SEED,
                        said.lines().filter(line -> line.startsWith("NOT")).toList())
                .isZero();
        assertThat(said.lines().filter(line -> line.startsWith("ok digitalBazaar") && line.endsWith(" is valid ")))
                .hasSizeGreaterThan(sets.size() / 2);
        assertThat(said)
                .contains("is invalid", "ok jose", "ok digitalCredentials")
                .contains("ok digitalBazaar: an expired credential is invalid")
                .contains("ok digitalCredentials: an expired credential is invalid");
    }

    /** Without the level, with results, and with the name and the address of its holder. */
    private List<Map<String, Object>> later(AchievementCredential credential, String name) {
        byte[] first = JsonBytes.write(issuer.embedded(credential, TestIssuer.NOW));
        Outcome results = new Outcome(
                credential.outcome().tier(), List.of(new Outcome.Score("Essay 漢字", "RawScore", "17.5", "20", "16")));
        Holder named = new Holder(
                credential.holder().id(),
                List.of(HolderIdentity.email("ada@school.example", new byte[16]), HolderIdentity.name("Ada 漢字")));
        List<Map<String, Object>> later = new ArrayList<>();
        for (AchievementCredential now : List.of(
                credential.with(Outcome.SILENT),
                credential.with(results).with(List.of(Evidence.work("https://portfolio.example/1"))),
                changed(credential, credential.dates(), named))) {
            JsonObject form = issuer.embedded(LaterForm.of(first, now.toJson()), TestIssuer.NOW);
            later.add(entry(name + ", form " + later.size(), form, List.of(), false));
        }
        return later;
    }

    private Map<String, Object> expired(AchievementCredential credential) {
        Instant awarded = Instant.parse("2025-03-02T10:00:00Z");
        AchievementCredential over = changed(
                credential, new Dates(awarded, awarded, awarded.plus(Duration.ofDays(30))), credential.holder());
        Map<String, Object> judged =
                entry("an expired credential", issuer.embedded(over, TestIssuer.NOW), List.of(), false);
        judged.put("expired", true);
        return judged;
    }

    /** In no status list, so that nothing but this decides. */
    private static AchievementCredential changed(AchievementCredential credential, Dates dates, Holder holder) {
        return new AchievementCredential(
                credential.id(),
                credential.issuer(),
                dates,
                holder,
                credential.badge(),
                credential.outcome(),
                credential.source(),
                credential.evidence(),
                null,
                credential.refreshAt());
    }

    private Map<String, Object> judged(AchievementCredential credential, String name, boolean old, boolean withdrawn) {
        JsonObject embedded = issuer.embedded(credential, old ? BEFORE_ROTATION : TestIssuer.NOW);
        CredentialStatus status = credential.status();
        boolean gone = status != null && withdrawn;
        if (status != null && status.index() == null) {
            issuer.publish(status, Map.of(gone ? credential.id() : UUID.randomUUID(), Withdrawal.REVOKED));
        } else if (status != null) {
            List<Integer> places = List.of(gone ? status.index() : status.index() ^ 1);
            issuer.publish(status, places, old ? places : List.of());
        }
        return entry(name, embedded, forged(embedded), gone);
    }

    private Map<String, Object> entry(String name, JsonObject embedded, List<JsonObject> forged, boolean gone) {
        byte[] baked = BakedPng.bake(TestPictures.png(), BakedPng.Keyword.OPEN_BADGES_3, JsonBytes.write(embedded));
        Map<String, Object> judged = new LinkedHashMap<>();
        judged.put("name", name);
        judged.put("credential", json.readTree(BakedPng.extract(baked)));
        judged.put(
                "jwts",
                JWTS.stream()
                        .map(algorithm -> new String(issuer.jwt(embedded, algorithm), StandardCharsets.US_ASCII))
                        .toList());
        judged.put("forged", forged.stream().map(this::tree).toList());
        judged.put("withdrawn", gone);
        return judged;
    }

    /** With one text changed deep inside, one at the top, and one member taken away. */
    private static List<JsonObject> forged(JsonObject signed) {
        JsonObject subject = signed.getJsonObject("credentialSubject");
        JsonObject achievement = JsonBytes.JSON
                .createObjectBuilder(subject.getJsonObject("achievement"))
                .add("description", "Forged")
                .build();
        return List.of(
                JsonBytes.JSON.createObjectBuilder(signed).add("name", "Forged").build(),
                JsonBytes.JSON.createObjectBuilder(signed).remove("awardedDate").build(),
                JsonBytes.JSON
                        .createObjectBuilder(signed)
                        .add(
                                "credentialSubject",
                                JsonBytes.JSON.createObjectBuilder(subject).add("achievement", achievement))
                        .build());
    }

    private JsonNode tree(Object document) {
        return document instanceof JsonObject object
                ? json.readTree(object.toString())
                : json.readTree(json.writeValueAsString(document));
    }

    private JsonNode context(String file) throws Exception {
        try (InputStream in = getClass().getResourceAsStream("/dev/laurel/credential/contexts/" + file)) {
            return json.readTree(in);
        }
    }
}
