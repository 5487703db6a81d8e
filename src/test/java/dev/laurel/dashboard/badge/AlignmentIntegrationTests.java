package dev.laurel.dashboard.badge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.framework.Frameworks;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import lms.Browser;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The skills of named frameworks that a badge stands for: typed, signed, and shown to whoever looks. */
@LaurelTest
class AlignmentIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Map<String, String> CRITICAL_THINKING = Map.of(
            "alignments[0].name", "Critical thinking",
            "alignments[0].url", "https://frameworks.example/career-readiness/critical-thinking",
            "alignments[0].framework", "Career readiness",
            "alignments[0].code", "CT");

    @Autowired
    ApplicationContext laurel;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    RuleTexts texts;

    @Autowired
    Achievements achievements;

    @Autowired
    Frameworks frameworks;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JsonMapper json;

    private LaunchedCourse launched;

    private Browser teacher;

    @BeforeEach
    void aCourseWithAnEssay() {
        launched = LaunchedCourse.start(laurel, ReferenceLms.builder().students(1));
        teacher = launched.launch(launched.lms().course().teacher());
        await().atMost(PATIENCE)
                .until(() -> !gradebook.lineItems(launched.tenant(), course()).isEmpty()
                        && contexts.earners(launched.tenant(), course()).size() == 1);
    }

    @AfterEach
    void stop() {
        // The next test may be of the same institution.
        Frameworks frameworks = laurel.getBean(Frameworks.class);
        frameworks.all(launched.tenant()).forEach(each -> frameworks.remove(launched.tenant(), each.id()));
        launched.close();
    }

    /** What the first student to earn it holds. */
    private StoredCredential activatedAndEarned(Page asked) {
        teacher.submit(asked, asked.formTo("/activation"), Map.of());
        LmsUser student = launched.lms().course().student(0);
        launched.launch(student);
        launched.lms().course().typeGrade(student, launched.lms().course().columnCalled("Essay 1"), "95");
        return await().atMost(PATIENCE)
                .until(
                        () -> awards.ofPerson(launched.tenant(), launched.person(student)).stream()
                                .findFirst()
                                .flatMap(award -> credentials.find(launched.tenant(), award.id())),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void aSkillIsSignedIntoTheCredentialAndShownWithItsLink() {
        Page form = newBadge();
        Page asked = teacher.submit(form, form.formTo("/badges"), with(CRITICAL_THINKING, "action", "activate"));
        StoredCredential stored = activatedAndEarned(asked);

        JsonNode achievement = json.readTree(stored.embedded()).at("/credentialSubject/achievement");
        JsonNode alignment = achievement.at("/alignment/0");
        assertThat(credentials.verify(stored.embedded()).valid()).isTrue();
        assertThat(alignment.at("/type/0").asString()).isEqualTo("Alignment");
        assertThat(alignment.at("/targetName").asString()).isEqualTo("Critical thinking");
        assertThat(alignment.at("/targetUrl").asString()).startsWith("https://frameworks.example/");
        assertThat(alignment.at("/targetCode").asString()).isEqualTo("CT");
        assertThat(alignment.at("/targetFramework").asString()).isEqualTo("Career readiness");
        Page shown = new Browser().open(URI.create(achievement.at("/id").asString()));
        assertThat(shown.text()).contains("What it stands for", "Critical thinking", "Career readiness, CT");
    }

    @Test
    void whatABadgeSaysForCataloguesIsSignedIntoItAndAMistakeIsToldAtItsField() {
        Map<String, String> typed = new HashMap<>(Map.of(
                "details.type", "MicroCredential",
                "details.tags", "writing, essays,  writing",
                "details.benefit", "Counts as a 3-credit elective",
                "details.field", "Rhetoric",
                "details.language", "english",
                "details.criteriaUrl", "https://school.example/criteria/7",
                "details.related", "https://elsewhere.example/badges/8\r\nhttps://elsewhere.example/badges/9",
                "details.partnerName", "Guild of Writers",
                "details.partnerUrl", "https://guild.example",
                "action", "activate"));
        typed.put("details.level", "EQF level 5");
        typed.putAll(CRITICAL_THINKING);
        typed.put("alignments[0].type", "CFItem");
        Page form = newBadge();
        Page again = teacher.submit(form, form.formTo("/badges"), typed);
        assertThat(again.text()).contains("Give the language as a short tag").contains("value=\"Rhetoric\"");
        typed.put("details.language", "pt-BR");
        Page asked = teacher.submit(again, again.formTo("/badges"), typed);
        StoredCredential stored = activatedAndEarned(asked);

        JsonNode credential = json.readTree(stored.embedded());
        JsonNode achievement = credential.at("/credentialSubject/achievement");
        assertThat(credentials.verify(stored.embedded()).valid()).isTrue();
        assertThat(achievement.at("/achievementType").asString()).isEqualTo("MicroCredential");
        assertThat(achievement.at("/tag")).hasToString("[\"writing\",\"essays\",\"EQF level 5\"]");
        assertThat(achievement.at("/fieldOfStudy").asString()).isEqualTo("Rhetoric");
        assertThat(achievement.at("/inLanguage").asString()).isEqualTo("pt-BR");
        assertThat(achievement.at("/version").asString()).isEqualTo("1");
        assertThat(achievement.at("/description").asString()).endsWith("\n\nCounts as a 3-credit elective");
        assertThat(achievement.at("/criteria/id").asString()).isEqualTo("https://school.example/criteria/7");
        assertThat(achievement.at("/criteria/narrative").asString())
                .as("the sentence of the rule")
                .isEqualTo(texts.sentence(
                        launched.tenant(),
                        course(),
                        ruleSets.ofContext(launched.tenant(), course()).get(0).rule()));
        assertThat(achievement.at("/related/1/id").asString()).isEqualTo("https://elsewhere.example/badges/9");
        assertThat(achievement.at("/alignment/0/targetType").asString()).isEqualTo("CFItem");
        assertThat(achievement.has("creator"))
                .as("a course names no partner of the institution")
                .isFalse();
        assertThat(credential.at("/awardedDate").asString()).isNotBlank();
        assertThat(credential.at("/evidence/1/narrative").asString())
                .isEqualTo("Awarded by rule from one score in the course gradebook; the latest attempt counted.");
        JsonNode published = json.readTree(new Browser()
                .get(URI.create(achievement.at("/id").asString()), "Accept", "application/json")
                .body());
        assertThat(new Browser()
                        .open(URI.create(achievement.at("/id").asString()))
                        .text())
                .contains(
                        "What it is good for:", "Counts as a 3-credit elective", "Level of the badge:", "EQF level 5");
        achievement
                .properties()
                .forEach(member -> assertThat(published.get(member.getKey()))
                        .as(member.getKey())
                        .isEqualTo(member.getValue()));
    }

    @Test
    void aSkillWithoutAWebAddressIsRefusedAtItsFieldAndNothingTypedIsLost() {
        for (String url :
                List.of("", "frameworks.example/ct", "javascript:alert(1)", "file:///etc/passwd", "http://")) {
            Page form = newBadge();

            Page again = teacher.submit(
                    form,
                    form.formTo("/badges"),
                    Map.of("alignments[0].name", "Critical thinking", "alignments[0].url", url, "action", "draft"));

            assertThat(again.text()).as(url).contains("Give the whole web address");
            assertThat(again.text()).contains("value=\"Critical thinking\"");
            assertThat(ruleSets.ofContext(launched.tenant(), course())).isEmpty();
        }
    }

    @Test
    void theNextBadgeOfTheCourseIsFilledInWithWhatTheOthersStandFor() {
        Page form = newBadge();
        teacher.submit(form, form.formTo("/badges"), with(CRITICAL_THINKING, "action", "draft"));

        assertThat(newBadge().text()).contains("value=\"Critical thinking\"");
    }

    @Test
    void theFirstBadgeOfACourseStandsForTheSkillThatIsCalledLikeWhatItMeasures() throws Exception {
        Frameworks frameworks = laurel.getBean(Frameworks.class);
        frameworks.bring(launched.tenant(), """
                name,url,code,framework
                essay 1,https://frameworks.example/essay,E1,Writing
                Essay,https://frameworks.example/any,,Writing
                """.getBytes(StandardCharsets.UTF_8), null, 1);
        Page form = newBadge();
        teacher.submit(form, form.formTo("/badges"), Map.of("action", "draft"));
        assertThat(names(ruleSets.ofContext(launched.tenant(), course()).get(0)))
                .containsExactly("essay 1");

        frameworks.bring(launched.tenant(), """
                name,url,code,framework
                Essay 1,https://frameworks.example/other,,Elsewhere
                """.getBytes(StandardCharsets.UTF_8), null, 1);
        assertThat(frameworks.called(launched.tenant(), List.of("Essay 1")))
                .as("nobody knows which")
                .isEmpty();
        assertThat(frameworks.called(launched.tenant(), List.of("E1 Essay 1", "Quiz")))
                .extracting(Alignment::targetCode)
                .containsExactly("E1");
    }

    @Test
    void anActiveBadgeKeepsWhatItStoodForAndItsNextVersionStandsForSomethingElse() {
        Page form = newBadge();
        Page asked = teacher.submit(form, form.formTo("/badges"), with(CRITICAL_THINKING, "action", "activate"));
        teacher.submit(asked, asked.formTo("/activation"), Map.of());
        RuleSet first = ruleSets.ofContext(launched.tenant(), course()).get(0);

        Page edit = teacher.open(at("/badges/" + first.id() + "/edit"));
        teacher.submit(
                edit,
                edit.formTo("/badges/" + first.id()),
                Map.of("alignments[0].name", "Leadership", "alignments[0].code", "", "action", "save"));

        RuleSet second = ruleSets.find(launched.tenant(), first.id()).orElseThrow();
        assertThat(names(first)).containsExactly("Critical thinking");
        assertThat(names(second)).containsExactly("Leadership");
        assertThat(second.status()).as("the rule is the same").isEqualTo(RuleSet.Status.ACTIVE);
    }

    private List<String> names(RuleSet ruleSet) {
        AchievementVersion version = achievements
                .version(launched.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow();
        return version.alignments().stream().map(Alignment::targetName).toList();
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> all = new HashMap<>(fields);
        all.put(name, value);
        return all;
    }

    @Test
    void aSkillOfAFrameworkThatTheInstitutionBroughtIsFoundByAWordAndTaken() {
        assertThat(newBadge().text()).doesNotContain("Find a skill in the frameworks");
        Browser admin = new Browser();
        admin.launch(launched.lms().launchAsAdministrator(launched.lms().tools().get(0)));
        Page page = admin.open(at("/institution/frameworks"));
        Page brought = admin.submit(page, page.formTo("/institution/frameworks"), "file", "skills.csv", """
                        name,url,code,framework
                        Critical thinking,https://frameworks.example/ct,CT,Career readiness
                        Team work at 100 %,https://frameworks.example/tw,,Career readiness
                        Thinking without an address,,T2,Career readiness
                        """.getBytes(
                        StandardCharsets.UTF_8));
        assertThat(brought.text())
                .contains(
                        "“Career readiness” is there with 2 skills.", "Line or item 4:", "it has no whole web address");

        Page form = newBadge();
        Page found = teacher.submit(
                form,
                form.formTo("/badges"),
                Map.of("name", "Thinker", "skill", "THINKING critical", "action", "skills"));

        assertThat(found.text())
                .contains("value=\"Thinker\"")
                .contains("Critical thinking")
                .doesNotContain("Team work");
        assertThat(ruleSets.ofContext(launched.tenant(), course()))
                .as("nothing is saved by looking")
                .isEmpty();
        Page none = teacher.submit(found, found.formTo("/badges"), Map.of("skill", "100 _", "action", "skills"));
        assertThat(none.text()).contains("There is none with all of these words.");
        Page taken = teacher.submit(
                none,
                none.formTo("/badges"),
                Map.of("take", frameworkOf(none, "100 %") + " https://frameworks.example/tw"));
        assertThat(taken.text()).contains("value=\"Team work at 100 %\"", "value=\"Career readiness\"");
        teacher.submit(taken, taken.formTo("/badges"), Map.of("action", "draft"));
        RuleSet draft = ruleSets.ofContext(launched.tenant(), course()).get(0);
        assertThat(names(draft)).containsExactly("Team work at 100 %");

        Page again = admin.open(at("/institution/frameworks"));
        admin.submit(again, again.formTo("/removal"), Map.of());
        assertThat(newBadge().text()).doesNotContain("Find a skill in the frameworks");
        assertThat(names(draft)).as("the badge keeps what it took").containsExactly("Team work at 100 %");
    }

    @Test
    void aPictureThatWasChosenIsKeptWhileASkillIsLookedFor() throws Exception {
        frameworks.bring(
                launched.tenant(),
                "name,url\nTeam work,https://frameworks.example/tw\n".getBytes(StandardCharsets.UTF_8),
                "Career readiness",
                1);
        Page page = newBadge();
        Page.Form form = page.formTo("/badges");
        Map<String, String> fields = new HashMap<>(form.fields());
        fields.put("skill", "team");
        fields.put("action", "skills");
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(128, 128, BufferedImage.TYPE_INT_RGB), "png", picture);

        Page found = teacher.submit(
                page,
                new Page.Form(form.action(), form.method(), fields, form.postsItself()),
                "picture",
                "mine.png",
                picture.toByteArray());

        assertThat(found.text()).contains("Team work").containsPattern("name=\"imageId\" value=\"\\d+\"");
    }

    /** The number of the framework, as the button says it beside what is found. */
    private String frameworkOf(Page page, String words) {
        Page found = teacher.submit(page, page.formTo("/badges"), Map.of("skill", words, "action", "skills"));
        Matcher button = Pattern.compile("name=\"take\" value=\"(\\d+) ").matcher(found.text());
        assertThat(button.find()).isTrue();
        return button.group(1);
    }

    private Page newBadge() {
        return teacher.open(
                at("/badges/new?column=" + launched.column("Essay 1").id()));
    }

    private long course() {
        return launched.context().id();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
