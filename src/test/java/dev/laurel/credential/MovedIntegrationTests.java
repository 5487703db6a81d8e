package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.Needs;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.fall.Revocations;
import dev.laurel.credential.Reissues.Answer;
import dev.laurel.credential.SurvivalKits.Item;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.Verification.Check;
import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.endorsement.IssuedEndorsements;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.credential.status.StatusListSigning;
import dev.laurel.publication.Backpacks;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import lms.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Laurel moves to another address, and what it signed before goes on counting while the old host leads to it too. */
class MovedIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final IssuerDetails REACHABLE =
            new IssuerDetails(null, "badges@college.example", null, null, null, null);

    private final MovingLaurel moving = new MovingLaurel(TestAwards.class);

    private final String before = "http://" + moving.hostBefore();

    private final String now = "http://" + moving.hostNow();

    @Test
    void whatWasSignedBeforeGoesOnCountingUnderTheAddressOfThen(@TempDir Path folder) throws Exception {
        Course course;
        Award ada;
        Award bo;
        Award cy;
        Award dealt;
        StoredCredential first;
        StoredCredential second;
        StoredCredential third;
        UUID said;
        String hosted;
        try (ConfigurableApplicationContext laurel = moving.start(before, null)) {
            TestAwards test = laurel.getBean(TestAwards.class);
            course = ofCollege(laurel, test.course(TestAwards.draft("Essayist")));
            ada = decided(laurel, course, "ada");
            bo = decided(laurel, course, "bo");
            cy = decided(laurel, course, "cy");
            first = signed(laurel, course, ada);
            second = signed(laurel, course, bo);
            third = signed(laurel, course, cy);
            dealt = decided(laurel, course, "ed");
            laurel.getBean(JdbcClient.class)
                    .sql("UPDATE credential SET signed_at = NULL, jwt_signed_at = NULL, embedded = NULL, jwt = NULL"
                            + " WHERE award_id = ?")
                    .param(dealt.id())
                    .update();
            said = laurel.getBean(IssuedEndorsements.class)
                    .issue(course.tenant(), course.issuer().id(), "https://elsewhere.example/1", "Welder", "Good.", 1);
            Backpacks backpacks = laurel.getBean(Backpacks.class);
            backpacks.put(course.tenant(), bo.id(), bo.personId(), "bo@example.org");
            hosted = backpacks.url(course.tenant(), bo.id()).orElseThrow();
        }

        try (ConfigurableApplicationContext laurel = moving.start(now, before)) {
            for (StoredCredential old : List.of(first, second, third)) {
                assertThat(verdict(laurel, old.embedded())).isEqualTo(Verdict.VALID);
                assertThat(verdict(laurel, jwt(old))).isEqualTo(Verdict.VALID);
            }
            assertThat(verdict(laurel, hosted.getBytes(StandardCharsets.UTF_8))).isEqualTo(Verdict.VALID);
            assertThat(get(hosted).get("id").asString()).isEqualTo(hosted);
            assertThat(get(get(hosted).get("badge").asString()).get("issuer").asString())
                    .startsWith(before);

            String did = JSON.readTree(first.embedded()).at("/issuer/id").asString();
            JsonNode then = get(before + "/issuers/" + course.issuer().publicId() + "/did.json");
            assertThat(then.get("id").asString()).isEqualTo(did);
            assertThat(then.get("assertionMethod").get(0).asString()).startsWith(did + "#");
            JsonNode today = get(now + "/issuers/" + course.issuer().publicId() + "/did.json");
            assertThat(today.get("id").asString())
                    .isEqualTo("did:web:" + moving.hostNow().replace(":", "%3A") + ":issuers:"
                            + course.issuer().publicId());

            // A further form of an old badge is signed as the badge was, and whatever is new under the address of
            // today.
            Credentials credentials = laurel.getBean(Credentials.class);
            assertThat(signedVariant(laurel, course, bo)).isTrue();
            StoredCredential variant = credentials
                    .find(course.tenant(), bo.id(), Variant.WITHOUT_LEVEL)
                    .orElseThrow();
            assertThat(JSON.readTree(variant.embedded()).at("/issuer/id").asString())
                    .isEqualTo(did);
            assertThat(verdict(laurel, variant.embedded())).isEqualTo(Verdict.VALID);
            assertThat(verdict(laurel, jwt(variant))).isEqualTo(Verdict.VALID);
            StoredCredential next = signed(laurel, course, decided(laurel, course, "di"));
            assertThat(JSON.readTree(next.embedded()).at("/issuer/id").asString())
                    .isEqualTo(today.get("id").asString());
            assertThat(new String(next.embedded(), StandardCharsets.UTF_8)).doesNotContain("localhost");
            assertThat(verdict(laurel, next.embedded())).isEqualTo(Verdict.VALID);
            StoredCredential onlyDealt = signed(laurel, course, dealt);
            assertThat(new String(onlyDealt.embedded(), StandardCharsets.UTF_8))
                    .as("it had a place before, and no signature")
                    .doesNotContain("localhost");
            assertThat(verdict(laurel, onlyDealt.embedded())).isEqualTo(Verdict.VALID);

            IssuedEndorsements endorsements = laurel.getBean(IssuedEndorsements.class);
            endorsements.signAgain(course.tenant(), course.issuer().id());
            assertThat(verdict(
                            laurel,
                            new Browser()
                                    .open(URI.create(before + "/endorsements/" + said))
                                    .body()))
                    .isEqualTo(Verdict.VALID);

            takeBack(laurel, course, cy);
            assertThat(credentials.verify(third.embedded()).checks())
                    .last()
                    .isEqualTo(new Check("verify.status", false));
            othersAgree(folder, List.of(first, variant, next), third);

            Reissues reissues = laurel.getBean(Reissues.class);
            assertThat(reissues.formerHost(course.tenant(), ada.id())).hasValue(moving.hostBefore());
            laurel.getBean(Awards.class).claim(course.tenant(), ada.id(), ada.personId(), Award.NameShown.NONE);
            laurel.getBean(Issuers.class)
                    .describe(course.tenant(), course.issuer().id(), "University", REACHABLE, null);
            assertThat(reissues.reissue(course.tenant(), ada.id(), ada.personId(), false, false))
                    .isEqualTo(Answer.DONE);
            StoredCredential anew = signed(laurel, course, ada);
            assertThat(new String(anew.embedded(), StandardCharsets.UTF_8)).doesNotContain("localhost");
            assertThat(JSON.readTree(anew.embedded()).at("/issuer/name").asString())
                    .as("in the words of the first")
                    .isEqualTo("College");
            assertThat(JSON.readTree(anew.embedded()).get("awardedDate"))
                    .isEqualTo(JSON.readTree(first.embedded()).get("awardedDate"));
            assertThat(verdict(laurel, anew.embedded())).isEqualTo(Verdict.VALID);
            assertThat(verdict(laurel, jwt(anew))).isEqualTo(Verdict.VALID);
            assertThat(verdict(laurel, first.embedded())).isEqualTo(Verdict.INVALID);
            assertThat(reissues.formerHost(course.tenant(), ada.id())).isEmpty();
            assertThat(reissues.reissue(course.tenant(), ada.id(), ada.personId(), false, false))
                    .isEqualTo(Answer.SAME);
        }
    }

    /** The DID is the same before and after. */
    @Test
    void whatWasSignedBeforeGoesOnCountingWhereOnlyHttpBecameHttps() throws Exception {
        Course course;
        StoredCredential old;
        StoredCredential gone;
        Award taken;
        try (ConfigurableApplicationContext laurel = moving.start(before, null)) {
            course = ofCollege(laurel, laurel.getBean(TestAwards.class).course(TestAwards.draft("Essayist")));
            old = signed(laurel, course, decided(laurel, course, "ada"));
            taken = decided(laurel, course, "bo");
            gone = signed(laurel, course, taken);
        }

        try (ConfigurableApplicationContext laurel = moving.start(before.replace("http:", "https:"), before)) {
            assertThat(verdict(laurel, old.embedded())).isEqualTo(Verdict.VALID);
            assertThat(verdict(laurel, jwt(old))).isEqualTo(Verdict.VALID);
            assertThat(checkingPageOf(laurel, old))
                    .contains("\"" + VcJwt.header(jwt(old)).kid() + "\":")
                    .contains("\"" + VcJwt.header(jwt(old)).kid().replace("http:", "https:") + "\":");
            takeBack(laurel, course, taken);
            assertThat(laurel.getBean(Credentials.class).verify(gone.embedded()).checks())
                    .last()
                    .isEqualTo(new Check("verify.status", false));
        }
    }

    private static String checkingPageOf(ConfigurableApplicationContext laurel, StoredCredential badge)
            throws IOException {
        ByteArrayOutputStream kit = new ByteArrayOutputStream();
        laurel.getBean(SurvivalKits.class)
                .write(List.of(new Item(badge, "Essayist", picture(), List.of())), null, Locale.ENGLISH, kit);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(kit.toByteArray()))) {
            ZipEntry entry = zip.getNextEntry();
            while (!entry.getName().equals("check.html")) {
                entry = zip.getNextEntry();
            }
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png", png);
        return png.toByteArray();
    }

    /** Verifiers of npm, from what the two hosts answer. */
    private void othersAgree(Path folder, List<StoredCredential> valid, StoredCredential withdrawn) throws Exception {
        Path node = Needs.node();
        Map<String, Object> documents = new LinkedHashMap<>();
        documents.put(PinnedContexts.CREDENTIALS_V2, context("credentials-v2.jsonld"));
        documents.put(PinnedContexts.OPEN_BADGES, context("open-badges-3.0.3.json"));
        documents.put(PinnedContexts.EXTENSIONS, context("open-badges-extensions.json"));
        List<Map<String, Object>> more = new ArrayList<>();
        for (StoredCredential each : valid) {
            more.add(other(each, more.size() + " of those in force", false, documents));
        }
        more.add(other(withdrawn, "the one that was taken back", true, documents));
        Path input = folder.resolve("input.json");
        Files.writeString(input, JSON.writeValueAsString(Map.of("documents", documents, "more", more)));
        Process process = new ProcessBuilder("node", "verify.mjs", input.toString())
                .directory(node.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output)
                .contains("ok digitalBazaar: 0 of those in force is valid")
                .contains("ok jose: 0 of those in force is valid")
                .contains("ok digitalBazaar: the one that was taken back is invalid");
    }

    private static Map<String, Object> other(
            StoredCredential stored, String name, boolean withdrawn, Map<String, Object> documents) {
        JsonNode credential = JSON.readTree(stored.embedded());
        String list = credential.at("/credentialStatus/statusListCredential").asString();
        String kid = VcJwt.header(jwt(stored)).kid();
        String document = kid.substring(0, kid.indexOf("/keys/")) + "/did.json";
        documents.put(document.replace("http:", "https:"), get(document));
        documents.put(kid, get(kid));
        documents.put(list, get(list));
        return Map.of(
                "name",
                name,
                "credential",
                credential,
                "jwts",
                List.of(new String(jwt(stored), StandardCharsets.US_ASCII)),
                "forged",
                List.of(),
                "withdrawn",
                withdrawn);
    }

    private JsonNode context(String file) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/dev/laurel/credential/contexts/" + file)) {
            return JSON.readTree(in);
        }
    }

    private static JsonNode get(String url) {
        return JSON.readTree(new Browser().open(URI.create(url)).body());
    }

    private static boolean signedVariant(ConfigurableApplicationContext laurel, Course course, Award award) {
        return laurel.getBean(Credentials.class).sign(course.tenant(), award.id(), Variant.WITHOUT_LEVEL);
    }

    private static void takeBack(ConfigurableApplicationContext laurel, Course course, Award award) {
        laurel.getBean(TransactionTemplate.class)
                .executeWithoutResult(status -> laurel.getBean(Revocations.class)
                        .takeBack(course.tenant(), List.of(award), "Wrong.", 1, Instant.now()));
        laurel.getBean(StatusListSigning.class).publish(course.tenant());
    }

    private static Course ofCollege(ConfigurableApplicationContext laurel, Course course) {
        Issuers issuers = laurel.getBean(Issuers.class);
        Achievements achievements = laurel.getBean(Achievements.class);
        Issuer college = issuers.createForInstitution(course.tenant(), "College", 1);
        issuers.describe(course.tenant(), college.id(), college.name(), REACHABLE, null);
        AchievementVersion version =
                achievements.create(course.tenant(), college.id(), TestAwards.draft("Essayist"), 1);
        achievements.activate(course.tenant(), version.achievementId(), version.version(), 1);
        return new Course(course.tenant(), course.contextId(), course.ruleSetId(), college, version);
    }

    private static Award decided(ConfigurableApplicationContext laurel, Course course, String sub) {
        TestAwards test = laurel.getBean(TestAwards.class);
        Award award = test.decide(course, test.person(course, sub));
        signed(laurel, course, award);
        return laurel.getBean(Awards.class).claim(course.tenant(), award.id(), award.personId(), Award.NameShown.NONE);
    }

    private static StoredCredential signed(ConfigurableApplicationContext laurel, Course course, Award award) {
        return await().atMost(PATIENCE)
                .until(
                        () -> laurel.getBean(Credentials.class).find(course.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
    }

    private static byte[] jwt(StoredCredential stored) {
        return Objects.requireNonNull(stored.jwt());
    }

    private static Verdict verdict(ConfigurableApplicationContext laurel, byte[] badge) {
        BadgeReport report = laurel.getBean(BadgeVerifier.class).verify(badge);
        return report.verdict();
    }

    private static Verdict verdict(ConfigurableApplicationContext laurel, String badge) {
        return verdict(laurel, badge.getBytes(StandardCharsets.UTF_8));
    }
}
