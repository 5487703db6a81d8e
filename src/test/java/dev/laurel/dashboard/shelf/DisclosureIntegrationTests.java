package dev.laurel.dashboard.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.apicatalog.jcs.Jcs;
import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Details;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Erasures;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Done;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.manual.Assessment;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.HandIn;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.Shares;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import lms.Browser;
import lms.Course;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a student shows of a badge with levels, results and work, over HTTP as she chooses it and as a stranger sees it. */
@LaurelTest
class DisclosureIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String[] OF_THE_LEVEL = {"Proficient", "Mastered", "achievedLevel", "resultDescription"};

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    ManualGradebook manual;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    Shares shares;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JsonMapper json;

    @Autowired
    Erasures erasures;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private Browser ada;

    private final Browser stranger = new Browser();

    private Award award;

    private StoredCredential signed;

    private long portfolio;

    @BeforeEach
    void aBadgeEarnedByAGradeAndByWork() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(1));
        Course course = launched.lms().course();
        course.addColumn(course.link(), "Essay", 100);
        launched.launch(course.teacher());
        ada = launched.launch(course.student(0));
        long essay = launched.column("Essay").id();
        long person = launched.person(course.student(0));
        Entering teacher = new Entering(launched.tenant(), context().id(), launched.person(course.teacher()));
        portfolio = manual.addEvidence(teacher, UUID.randomUUID(), "Portfolio", "Your best.", List.of())
                .id();
        handIn(person, "My essay on glassware.", "notes.txt");
        manual.assess(teacher, portfolio, person, new Assessment(1, true, Map.of(), "A private word to Ada."));
        RuleSet badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "An essay and a portfolio", "#1f4e79", null),
                new Rule.Levels(List.of(
                        new Rule.Levels.Level(
                                "Proficient",
                                new Rule.AllOf(List.of(
                                        percent(essay, 80),
                                        new Done(Done.What.EVIDENCE, portfolio, Period.ALWAYS, Terms.STANDARD)))),
                        new Rule.Levels.Level("Mastered", percent(essay, 95)))));
        course.typeGrade(course.student(0), course.columnCalled("Essay"), "86.5");
        gradebook.checkSoon(launched.tenant(), context().id());
        award = await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), badge.id()), found -> !found.isEmpty())
                .get(0);
        signed = await().atMost(PATIENCE)
                .until(
                        () -> credentials.find(launched.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void whereNothingElseIsChosenTheLevelIsShownAndNoResult() {
        String page = shared(Map.of());

        assertThat(text(page)).contains("Proficient").doesNotContain("86.5", "glassware", "More that its holder shows");
        assertThat(body(page + "/credential.json")).isEqualTo(signed.embedded());
        for (String hidden : List.of("/record", "/record.json", "/work", file(1))) {
            assertThat(stranger.open(URI.create(page + hidden)).status())
                    .as(hidden)
                    .isEqualTo(404);
        }
    }

    @Test
    void aLevelThatIsKeptBackIsInNothingThatAStrangerGets() {
        String page = shared(Map.of("detail", "BADGE"));

        assertThat(text(page))
                .contains("Essayist", "Verified just now")
                .doesNotContain(OF_THE_LEVEL)
                .doesNotContain("86.5");
        byte[] shown = body(page + "/credential.json");
        assertThat(new String(shown, StandardCharsets.UTF_8))
                .contains("Essayist", "urn:uuid:" + award.publicId())
                .doesNotContain(OF_THE_LEVEL);
        assertThat(credentials.verify(shown).valid()).isTrue();
        JsonNode silent = json.readTree(shown);
        JsonNode whole = json.readTree(signed.embedded());
        assertThat(silent.at("/credentialStatus")).isEqualTo(whole.at("/credentialStatus"));
        assertThat(silent.at("/credentialSubject/identifier")).isEqualTo(whole.at("/credentialSubject/identifier"));
        assertThat(silent.at("/evidence")).isEqualTo(whole.at("/evidence"));
        byte[] jwt = body(page + "/credential.jwt");
        String claims = new String(
                Base64.getUrlDecoder().decode(new String(jwt, StandardCharsets.US_ASCII).split("\\.")[1]),
                StandardCharsets.UTF_8);
        assertThat(claims).contains("Essayist").doesNotContain(OF_THE_LEVEL);
        assertThat(credentials.verify(jwt).valid()).isTrue();
        assertThat(new String(body(page + "/image.png"), StandardCharsets.ISO_8859_1))
                .contains("openbadgecredential")
                .doesNotContain(OF_THE_LEVEL);
        assertThat(ada.open(at("/credential.json")).body())
                .as("her own file says everything")
                .isEqualTo(signed.embedded());
        assertThat(ada.open(at("")).text())
                .contains("Neither your level nor your results are on it.", "These files say your level.");
    }

    @Test
    void sheChangesHerMindAndThePageAndItsFilesFollowAtOnce() {
        String page = shared(Map.of());
        choose(Map.of("detail", "BADGE", "name", "INITIALS"));
        byte[] silent = body(page + "/credential.json");
        assertThat(text(page)).doesNotContain("Proficient");
        assertThat(new String(silent, StandardCharsets.UTF_8)).doesNotContain(OF_THE_LEVEL);
        assertThat(awards.find(launched.tenant(), award.id()).orElseThrow().nameShown())
                .isEqualTo(Award.NameShown.INITIALS);

        choose(Map.of("detail", "LEVEL"));
        assertThat(text(page)).contains("Proficient");
        assertThat(body(page + "/credential.json")).isEqualTo(signed.embedded());

        choose(Map.of("detail", "BADGE"));
        assertThat(body(page + "/credential.json")).as("signed once").isEqualTo(silent);
    }

    @Test
    void theRecordThatIsShownIsTheOneThatTheBadgeNamesByItsHash() throws Exception {
        String page = shared(Map.of("detail", "RESULTS"));

        assertThat(text(page)).contains("How it was decided, with the results");
        assertThat(text(page + "/record"))
                .contains("For “Proficient”", "All of these:", "86.5 of 100", "For “Mastered”")
                .doesNotContain("A private word", "Ada");
        Page record = stranger.open(URI.create(page + "/record.json"));
        assertThat(record.header("Access-Control-Allow-Origin")).hasValue("*");
        String decision = json.readTree(record.body()).path("decision").toString();
        String canonical =
                Jcs.canonize(Json.createReader(new StringReader(decision)).readObject());
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        assertThat(json.readTree(body(page + "/credential.json"))
                        .at("/evidence/0/narrative")
                        .stringValue())
                .endsWith("sha256$" + hash);
        assertThat(json.readTree(record.body()).has("history")).isFalse();

        choose(Map.of("detail", "LEVEL"));

        assertThat(stranger.open(URI.create(page + "/record")).status()).isEqualTo(404);
        assertThat(stranger.open(URI.create(page + "/record.json")).status()).isEqualTo(404);
        assertThat(text(page)).doesNotContain("with the results");
    }

    @Test
    void resultsAreSignedIntoTheBadgeOnlyWhereTheBadgeLetsThemAndItsHolderWantsThem() {
        String page = shared(Map.of("detail", "RESULTS"));
        assertThat(body(page + "/credential.json"))
                .as("this badge lets no results in")
                .isEqualTo(signed.embedded());

        RuleSet scored = launched.activeBadge(
                new AchievementDraft(
                        "Scored",
                        "Writes essays.",
                        "An essay",
                        "#1f4e79",
                        null,
                        new AchievementDraft.Worth(
                                null,
                                null,
                                List.of(),
                                new Details(
                                        "Badge", List.of(), null, null, null, null, null, null, List.of(), null, null,
                                        true))),
                percent(launched.column("Essay").id(), 80));
        gradebook.checkSoon(launched.tenant(), context().id());
        award = await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), scored.id()), found -> !found.isEmpty())
                .get(0);
        signed = await().atMost(PATIENCE)
                .until(
                        () -> credentials.find(launched.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
        String own = shared(Map.of("detail", "LEVEL"));
        assertThat(body(own + "/credential.json")).isEqualTo(signed.embedded());
        assertThat(new String(signed.embedded(), StandardCharsets.UTF_8)).doesNotContain("86.5");

        choose(Map.of("detail", "RESULTS"));

        JsonNode shown = json.readTree(body(own + "/credential.json"));
        JsonNode described = shown.at("/credentialSubject/achievement/resultDescription/0");
        assertThat(credentials.verify(body(own + "/credential.json")).valid()).isTrue();
        assertThat(credentials.verify(body(own + "/credential.jwt")).valid()).isTrue();
        assertThat(shown.at("/id")).isEqualTo(json.readTree(signed.embedded()).at("/id"));
        assertThat(described.at("/name").asString()).isEqualTo("Essay");
        assertThat(described.at("/resultType").asString()).isEqualTo("Percent");
        assertThat(described.at("/requiredValue").asString()).isEqualTo("80");
        assertThat(shown.at("/credentialSubject/result/0/resultDescription")).isEqualTo(described.at("/id"));
        assertThat(shown.at("/credentialSubject/result/0/value").asString()).isEqualTo("86.5");

        choose(Map.of("detail", "LEVEL"));
        assertThat(body(own + "/credential.json")).isEqualTo(signed.embedded());
    }

    @Test
    void whatSheHandedInIsShownAsItWasThenAndNothingElseOfIt() throws Exception {
        handIn(award.personId(), "A second thought.", "later.txt");
        Page claim = ada.open(at("/claim"));
        assertThat(claim.text()).contains("What I handed in", "Portfolio");
        String page = shared(Map.of("work", "true"));

        assertThat(text(page)).contains("What was handed in");
        assertThat(text(page + "/work"))
                .contains("Portfolio", "My essay on glassware.", "https://example.org/glassware", "notes.txt")
                .doesNotContain("A second thought.", "later.txt", "A private word");
        Page file = stranger.open(URI.create(page + file(1)));
        assertThat(file.text()).isEqualTo("notes.txt by Ada");
        assertThat(file.header("Content-Disposition").orElseThrow()).startsWith("attachment");
        assertThat(stranger.open(URI.create(page + file(2))).status()).isEqualTo(404);
        assertThat(stranger.open(URI.create(page + "/record")).status())
                .as("work is not results")
                .isEqualTo(404);
        byte[] shown = body(page + "/credential.json");
        JsonNode artifact = json.readTree(shown)
                .at("/evidence")
                .valueStream()
                .filter(each -> each.path("genre").asString("").equals("Artifact"))
                .findFirst()
                .orElseThrow();
        assertThat(artifact.at("/id").asString()).isEqualTo("https://example.org/glassware");
        assertThat(credentials.verify(shown).valid()).isTrue();
        assertThat(new String(shown, StandardCharsets.UTF_8)).contains("achievedLevel");
        choose(Map.of("detail", "BADGE", "work", "true"));
        assertThat(new String(body(page + "/credential.json"), StandardCharsets.UTF_8))
                .contains("https://example.org/glassware")
                .doesNotContain(OF_THE_LEVEL);
        String withWork = new String(body(page + "/credential.jwt"), StandardCharsets.US_ASCII);
        assertThat(checkingPage()).contains(withWork);

        choose(Map.of("detail", "LEVEL", "work", "false"));
        assertThat(checkingPage()).as("hidden again").doesNotContain(withWork);
        assertThat(body(page + "/credential.json")).isEqualTo(signed.embedded());

        assertThat(stranger.open(URI.create(page + "/work")).status()).isEqualTo(404);
        assertThat(stranger.open(URI.create(page + file(1))).status()).isEqualTo(404);
    }

    @Test
    void onceWithdrawnNothingOfItIsLeft() {
        String page = shared(Map.of("detail", "RESULTS", "work", "true"));
        assertThat(stranger.open(URI.create(page + "/record")).status()).isEqualTo(200);

        shares.withdraw(launched.tenant(), award.id(), award.personId());

        for (String below : List.of("", "/record", "/record.json", "/work", file(1))) {
            assertThat(stranger.open(URI.create(page + below)).status())
                    .as(below)
                    .isEqualTo(404);
        }
    }

    @Test
    void onceSheIsErasedNoFormSaysWhatSheHandedIn() {
        shared(Map.of("detail", "BADGE", "work", "true"));
        assertThat(forms()).containsExactly("BADGE_AND_WORK", "WITHOUT_LEVEL");

        erasures.erase(launched.tenant(), award.personId());

        assertThat(forms()).containsExactly("WITHOUT_LEVEL");
    }

    private List<String> forms() {
        return jdbc.sql("SELECT saying FROM credential_saying WHERE tenant_id = ? AND award_id = ? ORDER BY saying")
                .params(launched.tenant().value(), award.id())
                .query(String.class)
                .list();
    }

    @Test
    void sheHasHerNamePutIntoTheBadgeAndWhatSheKeepsBackStaysBack() {
        String page = shared(Map.of("detail", "BADGE"));
        byte[] before = body(page + "/credential.json");
        String name = ada.open(at("/name")).text();
        assertThat(name).contains("the badge does not say who you are.");

        Page form = ada.open(at("/name"));
        Page done = ada.submit(form, form.formTo("/name"), Map.of("name", "true"));

        assertThat(done.text()).contains("Your badge was made anew.");
        byte[] after = body(page + "/credential.json");
        String fullName = launched.lms().course().student(0).name();
        assertThat(new String(after, StandardCharsets.UTF_8)).contains(fullName).doesNotContain(OF_THE_LEVEL);
        assertThat(credentials.verify(after).valid()).isTrue();
        assertThat(credentials.verify(before).valid())
                .as("the old one has left")
                .isFalse();
        assertThat(new String(ada.open(at("/credential.json")).body(), StandardCharsets.UTF_8))
                .contains(fullName, "Proficient");
        assertThat(ada.open(at("/name")).text()).contains("the badge says that");
        choose(Map.of("name", "NONE"));
        assertThat(ada.open(at("")).text())
                .as("what she reads is so, whatever its page shows")
                .contains("The files on this page name you", "The files on the page for others name you all the same");
        assertThat(ada.open(at("/disclosure")).text())
                .contains("Take your name out of it")
                .doesNotContain("does not say your name");

        Page again = ada.open(at("/name"));
        assertThat(ada.submit(again, again.formTo("/name"), Map.of("name", "true"))
                        .text())
                .contains("The badge says this already.");
    }

    /** She accepts it with these choices, and shares it. */
    private String shared(Map<String, String> chosen) {
        Page claim = ada.open(at("/claim"));
        ada.submit(claim, claim.formTo("/claim"), chosen);
        return shares.share(launched.tenant(), award.id(), award.personId());
    }

    private void choose(Map<String, String> chosen) {
        Page page = ada.open(at("/disclosure"));
        assertThat(ada.submit(page, page.formTo("/disclosure"), chosen).text()).contains("Saved. Others see");
    }

    private void handIn(long person, String text, String file) {
        byte[] content = (file + " by Ada").getBytes(StandardCharsets.UTF_8);
        manual.handIn(
                launched.tenant(),
                context().id(),
                person,
                portfolio,
                new HandIn(text, List.of("https://example.org/glassware"), List.of(new HandIn.Upload(file, content))));
    }

    private String file(int version) {
        return "/evidence/" + portfolio + "/versions/" + version + "/files/0";
    }

    private static Rule percent(long column, int percent) {
        return Score.atLeast(column, BigDecimal.valueOf(percent), Rule.Unit.PERCENT);
    }

    private String text(String url) {
        Page page = stranger.open(URI.create(url));
        assertThat(page.status()).isEqualTo(200);
        return page.text();
    }

    /** In the file with all her badges. */
    private String checkingPage() throws IOException {
        byte[] kit = ada.open(URI.create(publicUrl.at("/my/kit.zip"))).body();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(kit))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("check.html")) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError("No check.html");
    }

    private byte[] body(String url) {
        Page page = stranger.open(URI.create(url));
        assertThat(page.status()).isEqualTo(200);
        return page.body();
    }

    private CourseContext context() {
        return launched.context();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at("/my/badges/" + award.id() + path));
    }
}
