package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.Needs;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.fall.Revocations;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.endorsement.IssuedEndorsement;
import dev.laurel.credential.endorsement.IssuedEndorsements;
import dev.laurel.credential.holder.HolderKey;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.credential.status.StatusListSigning;
import dev.laurel.platform.tenant.PublicUrl;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What others wrote judges what we signed: three verifiers of npm, without a network. */
@LaurelTest
@Import(TestAwards.class)
class NodeVerifiersTests {

    private static final String SCHEMA =
            "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

    private static final String ENDORSEMENT_SCHEMA =
            "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_endorsementcredential_schema.json";

    @Autowired
    TestAwards awards;

    @Autowired
    Awards claims;

    @Autowired
    Reissues reissues;

    @Autowired
    HolderCredentials holders;

    @Autowired
    Issuers issuers;

    @Autowired
    IssuedEndorsements endorsements;

    @Autowired
    Credentials credentials;

    @Autowired
    Revocations revocations;

    @Autowired
    StatusListSigning signing;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JsonMapper json;

    @Test
    void independentVerifiersAgreeOnEachCredentialAndOnEachForgery(@TempDir Path folder) throws Exception {
        Course course = awards.course(draft(null));
        verify(folder, course, awards.decide(course, awards.person(course, "ada")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5", "3", "0.1"})
    void theyAgreeOnTiersCreditsAnEndAndEvidence(String credits, @TempDir Path folder) throws Exception {
        Course course = awards.course(draft(new BigDecimal(credits)));
        verify(
                folder,
                course,
                awards.decideWithEverything(
                        course, awards.person(course, "ada"), Instant.now().plus(Duration.ofDays(30))));
    }

    @Test
    void theyReadWhetherAnEndorsementWasEnded(@TempDir Path folder) throws Exception {
        Course course = awards.course(draft(null));
        Issuer college = issuers.createForInstitution(course.tenant(), "College", 1);
        endorsements.issue(course.tenant(), college.id(), "https://elsewhere.example/1", "Welder", "Good.", 1);
        endorsements.issue(course.tenant(), college.id(), "https://elsewhere.example/2", "Baker", "Good.", 1);
        List<IssuedEndorsement> both = endorsements.all(course.tenant());
        List<Map<String, Object>> more = new ArrayList<>();
        for (IssuedEndorsement each : both) {
            boolean ended = each.title().equals("Baker");
            JsonNode credential = get(publicUrl.at("/endorsements/" + each.publicId()));
            more.add(Map.of(
                    "name",
                    each.title(),
                    "credential",
                    credential,
                    "jwts",
                    List.of(),
                    "forged",
                    List.of(),
                    "withdrawn",
                    ended));
            if (ended) {
                assertThat(endorsements.end(course.tenant(), each.id(), 1)).isTrue();
                assertThat(credentials
                                .verify(json.writeValueAsBytes(credential))
                                .checks())
                        .last()
                        .isEqualTo(new Verification.Check("verify.status", false));
            }
        }
        String list = ((JsonNode) more.get(0).get("credential"))
                .at("/credentialStatus/statusListCredential")
                .asString();
        String did = publicUrl.at("/issuers/" + college.publicId() + "/did.json");
        Map<String, Object> documents = new LinkedHashMap<>(contexts());
        documents.put(did.replace("http:", "https:"), get(did));
        documents.put(list, get(list));
        assertThat(judge(folder, Map.of("documents", documents, "more", more)))
                .contains("ok digitalBazaar: Welder is valid", "ok digitalBazaar: Baker is invalid");
    }

    private static AchievementDraft draft(@Nullable BigDecimal credits) {
        return new AchievementDraft(
                "\"Łódź\" 漢字 🎓 <b>\\ ’",
                "Line\nbreak,\ttab and \u0001.",
                "80 % in “Essay 2”\r\n漢字",
                "#336699",
                null,
                credits);
    }

    @Test
    void theyAgreeOnWhatIsSignedLaterAndOnOurEndorsements(@TempDir Path folder) throws Exception {
        Course course = awards.course(draft(null));
        long ada = awards.person(course, "ada");
        Award award = awards.decideWithEverything(course, ada, Instant.now().plus(Duration.ofDays(30)));
        signed(course, award);
        claims.claim(course.tenant(), award.id(), ada, Award.NameShown.NONE);
        reissues.reissue(course.tenant(), award.id(), ada, true, true);
        credentials.sign(course.tenant(), award.id(), Variant.WITHOUT_LEVEL);
        Map<String, StoredCredential> later = new LinkedHashMap<>();
        later.put("made anew", signed(course, award));
        later.put(
                "without its level",
                credentials
                        .find(course.tenant(), award.id(), Variant.WITHOUT_LEVEL)
                        .orElseThrow());
        later.put(
                "in a wallet",
                holders.issue(
                                course.tenant(),
                                award,
                                HolderKey.of("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"))
                        .orElseThrow());
        Issuer college = issuers.createForInstitution(course.tenant(), "College 漢字", 1);
        String said = get(publicUrl.at("/endorsements/"
                        + endorsements.issue(
                                course.tenant(),
                                college.id(),
                                "https://elsewhere.example/badges/1",
                                "Welder",
                                "We take it for our own. 漢字",
                                1)))
                .toString();

        Map<String, Object> judged = input(course, signed(course, award));
        judged.keySet().removeAll(List.of("credential", "tampered", "jwt", "tamperedJwts"));
        documents(judged).put(ENDORSEMENT_SCHEMA, schema("ob_v3p0_endorsementcredential_schema.json"));
        String did = "/issuers/" + college.publicId() + "/did.json";
        documents(judged).put(publicUrl.at(did).replace("http:", "https:"), get(publicUrl.at(did)));
        List<Map<String, Object>> more = new ArrayList<>();
        for (Map.Entry<String, StoredCredential> form : later.entrySet()) {
            StoredCredential stored = form.getValue();
            documents(judged).put(statusList(stored), get(statusList(stored)));
            more.add(entry(form.getKey(), new String(stored.embedded(), StandardCharsets.UTF_8), "Łódź", stored.jwt()));
        }
        String list =
                json.readTree(said).at("/credentialStatus/statusListCredential").asString();
        documents(judged).put(list, get(list));
        more.add(entry("our endorsement", said, "We take", null));
        judged.put("more", more);

        assertThat(judge(folder, judged).lines().filter(line -> line.startsWith("ok digitalCredentials")))
                .hasSize(later.size() + 1);
    }

    private Map<String, Object> entry(String name, String credential, String word, byte @Nullable [] jwt) {
        return Map.of(
                "name",
                name,
                "credential",
                json.readTree(credential),
                "jwts",
                jwt == null ? List.of() : List.of(new String(jwt, StandardCharsets.US_ASCII)),
                "forged",
                List.of(json.readTree(credential.replace(word, "Forged"))),
                "withdrawn",
                false);
    }

    private StoredCredential signed(Course course, Award award) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> credentials.find(course.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
    }

    private JsonNode schema(String file) throws IOException {
        return json.readTree(
                Files.readString(Needs.shared().resolve("fixtures/schema").resolve(file)));
    }

    private String judge(Path folder, Map<String, Object> judged) throws Exception {
        Path node = Needs.node();
        Path input = folder.resolve("input.json");
        Files.writeString(input, json.writeValueAsString(judged));
        Process process = new ProcessBuilder("node", "verify.mjs", input.toString())
                .directory(node.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private void verify(Path folder, Course course, Award award) throws Exception {
        StoredCredential stored = signed(course, award);

        Map<String, Object> judged = input(course, stored);
        String list = statusList(stored);
        documents(judged).put(list, get(list));
        takeBack(course, award, "Wrong.");
        signing.publish(course.tenant());
        judged.put("withdrawn", Map.of(list, get(list)));

        assertThat(judge(folder, judged))
                .contains("ok digitalBazaar: the credential is valid")
                .contains("ok digitalCredentials: the credential is valid")
                .contains("ok digitalBazaar: the credential that was taken back is invalid")
                .contains("ok digitalCredentials: the credential that was taken back is invalid")
                .contains("ok jose: the JWT is valid");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> documents(Map<String, Object> input) {
        return (Map<String, Object>) input.get("documents");
    }

    private String statusList(StoredCredential stored) {
        return json.readTree(stored.embedded())
                .at("/credentialStatus/statusListCredential")
                .asString();
    }

    private Map<String, Object> input(Course course, StoredCredential stored) throws Exception {
        String issuer = course.issuer().publicId().toString();
        String embedded = new String(stored.embedded(), StandardCharsets.UTF_8);
        String jwt = new String(stored.jwt(), StandardCharsets.US_ASCII);

        Map<String, Object> documents = new LinkedHashMap<>(contexts());
        documents.put(SCHEMA, schema("ob_v3p0_achievementcredential_schema.json"));
        documents.put(
                publicUrl.at("/issuers/" + issuer + "/did.json").replace("http:", "https:"),
                get(publicUrl.at("/issuers/" + issuer + "/did.json")));
        documents.put(
                VcJwt.header(stored.jwt()).kid(), get(VcJwt.header(stored.jwt()).kid()));

        Map<String, Object> tampered = new LinkedHashMap<>();
        tampered.put("another name", json.readTree(embedded.replace("Łódź", "Łodz")));
        tampered.put(
                "another subject",
                json.readTree(embedded.replaceFirst(
                        "\"credentialSubject\":\\{\"id\":\"urn:uuid:....",
                        "\"credentialSubject\":{\"id\":\"urn:uuid:0000")));
        tampered.put(
                "another date", json.readTree(embedded.replaceFirst("\"validFrom\":\"20..", "\"validFrom\":\"2019")));
        tampered.put(
                "another day",
                json.readTree(embedded.replaceFirst("\"awardedDate\":\"20..", "\"awardedDate\":\"2019")));
        assertThat(tampered.values()).doesNotContain(json.readTree(embedded));

        Map<String, Object> tamperedJwts = new LinkedHashMap<>();
        String[] parts = jwt.split("\\.");
        char last = parts[2].charAt(10);
        tamperedJwts.put(
                "another signature",
                parts[0] + "." + parts[1] + "." + parts[2].substring(0, 10) + (last == 'A' ? 'B' : 'A')
                        + parts[2].substring(11));
        tamperedJwts.put(
                "another payload",
                parts[0] + "." + (parts[1].substring(0, 200) + "AAAA" + parts[1].substring(204)) + "." + parts[2]);

        Map<String, Object> input = new LinkedHashMap<>();
        input.put("documents", documents);
        input.put("credential", json.readTree(embedded));
        input.put("tampered", tampered);
        input.put("jwt", jwt);
        input.put("tamperedJwts", tamperedJwts);
        input.put("schema", true);
        return input;
    }

    private Map<String, Object> contexts() throws IOException {
        return Map.of(
                PinnedContexts.CREDENTIALS_V2,
                context("credentials-v2.jsonld"),
                PinnedContexts.OPEN_BADGES,
                context("open-badges-3.0.3.json"),
                PinnedContexts.EXTENSIONS,
                context("open-badges-extensions.json"));
    }

    private JsonNode context(String file) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/dev/laurel/credential/contexts/" + file)) {
            return json.readTree(in);
        }
    }

    private JsonNode get(String url) throws Exception {
        return json.readTree(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private void takeBack(Course course, Award award, String reason) {
        transaction.executeWithoutResult(
                status -> revocations.takeBack(course.tenant(), List.of(award), reason, 1, Instant.now()));
    }
}
