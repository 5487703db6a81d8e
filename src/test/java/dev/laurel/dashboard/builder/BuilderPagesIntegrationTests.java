package dev.laurel.dashboard.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseSections;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lms.Browser;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The builder as a browser without scripts meets it: one post per act. */
@LaurelTest
class BuilderPagesIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    RuleTexts texts;

    @Autowired
    CourseSections sections;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse course;

    private Browser teacher;

    private String essay;

    private Page page;

    @BeforeEach
    void aTeacherWhoseColumnsAreRead() {
        course = LaunchedCourse.start(app, ReferenceLms.builder().students(3));
        teacher = course.launch(course.lms().course().teacher());
        List<LineItem> items = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> gradebook.lineItems(
                                course.tenant(), course.context().id()),
                        found -> !found.isEmpty());
        essay = Long.toString(items.get(0).id());
        page = teacher.open(URI.create(publicUrl.value() + "/badges/rule"));
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void aNestedRuleIsPutTogetherAndSavedAsADraft() {
        act("add", Map.of("kind", "score"));
        act("add.0", Map.of("n0.item", essay, "n0.atLeast", "80", "kind.0", "score"));
        assertThat(page.text()).contains("value=\"80\"");
        act("wrap.2", Map.of("n2.item", essay, "n2.atLeast", "50"));
        act("add.2", Map.of("n2.kind", "anyOf", "kind.2", "submission"));
        act("count", Map.of("n4.item", essay));
        assertThat(page.text())
                .contains(
                        "Score at least 80 % in Essay 1 and either score at least 50 % in Essay 1 or hand in Essay 1. Excused work does not count against you");

        act("save", Map.of());

        assertThat(page.text()).contains("Saved as a draft.");
        RuleSet saved =
                ruleSets.ofContext(course.tenant(), course.context().id()).get(0);
        assertThat(saved.status()).isEqualTo(RuleSet.Status.DRAFT);
        assertThat(saved.rule()).isInstanceOf(Rule.AllOf.class);
        assertThat(texts.sentence(course.tenant(), course.context().id(), saved.rule()))
                .startsWith("Score at least 80 % in Essay 1 and either");
    }

    @Test
    void whoChoosesTheBestResultIsToldWhatItRestsOnThereAndWhereSheTriesIt() {
        act("add", Map.of("kind", "score"));
        assertThat(page.text())
                .contains("aria-describedby=\"n0-take-hint\"")
                .contains("else at the grades that Laurel itself saw.");

        act("save", Map.of("n0.item", essay, "n0.atLeast", "80", "n0.take", "best"));
        RuleSet saved =
                ruleSets.ofContext(course.tenant(), course.context().id()).get(0);
        String dryRun = teacher.open(URI.create(publicUrl.at("/badges/" + saved.id() + "/activation")))
                .text();

        assertThat(dryRun)
                .contains("best result counting")
                .contains("Other learning platforms do not tell a second attempt from a correction");
    }

    @Test
    void beforeTheRuleOfAnActiveBadgeIsSavedItsPagesSayByNameWhoWouldMeetItTooAndWhoNoLonger() {
        String ada = earns("90", 0);
        String bao = earns("70", 1);
        course.activateBadge(teacher, "Essay 1");
        RuleSet active = course.onlyBadge();

        page = teacher.open(URI.create(publicUrl.at("/badges/rule?ruleSetId=" + active.id())));
        act("count", Map.of("n0.atLeast", "60"));
        assertThat(page.text())
                .contains("1 meet the rule so far, 2 would meet this one.", "One student would meet it too")
                .contains("<li>" + bao + "</li>")
                .doesNotContain("<li>" + ada + "</li>", "any more");
        act("count", Map.of("n0.atLeast", "95"));
        assertThat(page.text())
                .contains("1 meet the rule so far, 0 would meet this one.", "One student would not meet it any more")
                .contains("<li>" + ada + "</li>", "Whoever has the badge keeps it.")
                .doesNotContain("<li>" + bao + "</li>", "would meet it too");

        Page form = teacher.open(URI.create(publicUrl.at("/badges/" + active.id() + "/edit")));
        Page counted = teacher.submit(
                form, form.formTo("/badges/" + active.id()), Map.of("parts[0].threshold", "60", "action", "count"));
        assertThat(counted.text()).contains("1 meet the rule so far, 2 would meet this one.", "<li>" + bao + "</li>");
        assertThat(course.onlyBadge()).as("nothing is saved by looking").isEqualTo(active);
    }

    /** Their name, once Laurel has read the grade. */
    private String earns(String grade, int student) {
        LmsUser user = course.lms().course().student(student);
        course.lms().course().typeGrade(user, course.lms().course().columnCalled("Essay 1"), grade);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            gradebook.checkSoon(course.tenant(), course.context().id());
            return gradebook
                            .latest(
                                    course.tenant(),
                                    course.context().id(),
                                    List.of(Long.valueOf(essay)),
                                    List.of(course.person(user)))
                            .size()
                    == 1;
        });
        return user.name();
    }

    @Test
    void withoutScriptsTheNumberFieldOfTheDryRunSaysWhatTheTableSays() {
        earns("90", 0);
        earns("72", 1);
        act("add", Map.of("kind", "score"));
        act("save", Map.of("n0.item", essay, "n0.atLeast", "80"));
        Page dryRun = teacher.open(
                URI.create(publicUrl.at("/badges/" + course.onlyBadge().id() + "/activation")));
        assertThat(dryRun.text()).contains("At 80 %: 1 of 3 would get it now.");

        Page looked = teacher.submit(dryRun, threshold(dryRun), Map.of("at", "70"));

        assertThat(looked.text())
                .contains("At 70 %: 2 of 3 would get it now.", "That is 1 more than as the rule stands.")
                .containsPattern(">70 %</span>[^<]*</th>\\s*<td [^>]*>2</td>\\s*<td [^>]*>\\+1</td>");
        assertThat(threshold(looked).fields()).containsEntry("at", "70");
        Page refused = teacher.submit(looked, threshold(looked), Map.of("at", "many"));
        assertThat(refused.text()).contains("Please type a number above zero and at most 100.", "value=\"many\"");
    }

    private static Page.Form threshold(Page dryRun) {
        return dryRun.forms().stream()
                .filter(form -> form.fields().containsKey("at"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatARuleMakesOfEachStateOfAGradeStandsOnItsPage() {
        act("add", Map.of("kind", "score"));
        act("count", Map.of("n0.item", essay, "n0.atLeast", "80"));

        assertThat(page.text())
                .containsPattern(row("Graded, and the student sees it", "It counts."))
                .containsPattern(row("Graded, and not released to the student", "It waits."))
                .containsPattern(row("Graded in part, or not for good", "It waits."))
                .containsPattern(row("Excused", "It is left out."))
                .containsPattern(row("Something that Laurel cannot read", "It waits."))
                .containsPattern(row("Dropped: the learning platform leaves it out of its total", "It counts."))
                .containsPattern(row("Graded, and the student has left the course \\(withdrawn\\)", "It counts."))
                .containsPattern(row("Nothing", "It waits."));

        act("count", Map.of("n0.item", essay, "n0.atLeast", "80", "n0.missing", "notMet"));
        assertThat(page.text()).containsPattern(row("Nothing", "It is not enough."));
    }

    private static String row(String state, String becomes) {
        return "<th scope=\"row\">" + state + "</th>\\s*<td>" + becomes + "</td>";
    }

    @Test
    void whatIsWrongIsSaidAtThePartAndNothingTypedIsLost() {
        act("add", Map.of("kind", "score"));
        act("save", Map.of("n0.item", essay, "n0.atLeast", "eighty"));

        assertThat(page.text())
                .contains("Please write this as a number with at most six decimals.")
                .contains("id=\"n0-error\"")
                .contains("value=\"eighty\"");
        assertThat(ruleSets.ofContext(course.tenant(), course.context().id())).isEmpty();
    }

    @Test
    void whatWasDeletedComesBack() {
        act("add", Map.of("kind", "score"));
        act("delete.0", Map.of("n0.item", essay, "n0.atLeast", "83"));
        assertThat(page.text()).contains("There is nothing in this rule yet.");

        act("undo", Map.of());

        assertThat(page.text()).contains("value=\"83\"");
    }

    @Test
    void aRuleIsPastedAsTextOrRefusedWithThePlace() {
        act(
                "json",
                Map.of(
                        "json",
                        "{\"v\":2,\"rule\":{\"type\":\"score\",\"lineItem\":%s,\"atLeast\":\"x\",\"unit\":\"percent\"}}"
                                .formatted(essay)));
        assertThat(page.text()).contains("At /rule/atLeast: Please write this as a number");
        assertThat(page.text()).contains("&quot;x&quot;");

        act(
                "json",
                Map.of(
                        "json",
                        "{\"v\":2,\"rule\":{\"type\":\"score\",\"lineItem\":%s,\"atLeast\":65,\"unit\":\"percent\"}}"
                                .formatted(essay)));
        assertThat(page.text()).contains("Score at least 65 % in Essay 1.");
    }

    /** A section without learners, a column that was deleted: who changes something else does not mean to drop them. */
    @Test
    void whatIsNotOfferedNowStaysInTheRuleUntilSomebodyTakesItAway() {
        act("json", Map.of("json", """
                        {"v":2,"rule":{"type":"allOf","of":[
                          {"type":"average","items":[{"lineItem":%s},{"lineItem":999999999,"weight":3}],"atLeast":65,"unit":"percent"},
                          {"type":"inGroup","groups":["Empty section"]}]}}""".formatted(essay)));

        act("count", Map.of());

        assertThat(page.text())
                .contains("Empty section (nobody is in it now)")
                .contains("name=\"n1.w999999999\" value=\"3\"");
        assertThat(page.formTo("/badges/rule").fields())
                .containsEntry("n1.items", "999999999")
                .containsEntry("n2.groups", "Empty section");
    }

    @Test
    void aSectionIsChosenByItsNameWhereLaurelKnowsItAndTheRuleSaysIt() {
        long contextId = course.context().id();
        Contexts contexts = app.getBean(Contexts.class);
        contexts.refreshRoster(course.tenant(), contextId);
        contexts.tellRoles(
                course.tenant(),
                contextId,
                List.of(new Contexts.Told(
                        course.lms().course().student(0).id(), Set.of(Role.LEARNER), Set.of("21", "22"))));
        sections.tell(course.tenant(), contextId, Map.of("21", "Evening, late", "23", "Weekend"));

        act("add", Map.of("kind", "inGroup"));

        assertThat(page.text())
                .contains("Evening, late (21): one student", "Weekend (23): nobody yet", "22: one student")
                .contains("A bare number is the number as in your learning platform.");
        act("count", Map.of("n0.groups", "21"));
        assertThat(page.text()).contains("Be in section or group “Evening, late” (21).");

        sections.tell(course.tenant(), contextId, Map.of("22", "Morning"));
        act("count", Map.of("n0.groups", "21"));
        assertThat(page.text()).contains("Morning (22): one student").doesNotContain("A bare number");
    }

    @Test
    void aBadgeThatOnlySaidItsRuleGoesOnToOnceItsSectionHasAName() {
        act("add", Map.of("kind", "inGroup"));
        act("save", Map.of("n0.groups", "21"));
        assertThat(criteria()).isEqualTo("Be in section or group “21”");
        sections.tell(course.tenant(), course.context().id(), Map.of("21", "Evening", "22", "Morning"));

        page = teacher.open(URI.create(
                publicUrl.at("/badges/rule?ruleSetId=" + course.onlyBadge().id())));
        act("save", Map.of("n0.groups", "22"));

        assertThat(criteria()).isEqualTo("Be in section or group “Morning” (22)");
    }

    private String criteria() {
        RuleSet badge = course.onlyBadge();
        return achievements
                .version(course.tenant(), badge.achievementId(), badge.achievementVersion())
                .orElseThrow()
                .criteria();
    }

    @Test
    void badgesOfTheInstitutionAreOfferedAndFoundByTheirNames() {
        long institution =
                issuers.createForInstitution(course.tenant(), "Northfield", 1).id();
        for (int i = 1; i <= Choices.MOST_OTHERS; i++) {
            activated(institution, "Programme " + i);
        }
        AchievementVersion zoology = activated(institution, "Zoology");
        draft(institution, "Zoology, not yet");

        act("add", Map.of("kind", "badge"));
        assertThat(page.text())
                .contains("Badges of the institution", ">Programme 20<")
                .doesNotContain("Zoology");

        act("find.0", Map.of("n0.find", "ZOO"));
        assertThat(page.text()).contains(">Zoology<").doesNotContain("not yet", "Nothing was found");
        act("count", Map.of("n0.badge", Long.toString(zoology.achievementId()), "n0.find", ""));
        assertThat(page.text()).contains("Hold the badge “Zoology”.");

        act("find.0", Map.of("n0.find", "paleography"));
        assertThat(page.text()).contains("Nothing was found.");
    }

    @Test
    void aBadgeOfAnotherCourseIsOfferedToWhomeverNamesItsPage() {
        long other = issuers.of(course.tenant(), 987_654_321L, "Other course").id();
        AchievementVersion theirs = activated(other, "Of another course");
        AchievementVersion draft = draft(other, "Not told yet");
        act("add", Map.of("kind", "badge"));
        assertThat(page.text()).doesNotContain("Of another course");

        act("find.0", Map.of("n0.find", publicUrl.at("/achievements/" + theirs.achievementPublicId() + "/1")));
        assertThat(page.text()).contains(">Of another course<");

        act("find.0", Map.of("n0.find", draft.achievementPublicId().toString()));
        assertThat(page.text()).contains("Nothing was found.").doesNotContain("Not told yet");
    }

    private AchievementVersion activated(long issuer, String name) {
        AchievementVersion version = draft(issuer, name);
        achievements.activate(course.tenant(), version.achievementId(), version.version(), 1);
        return version;
    }

    private AchievementVersion draft(long issuer, String name) {
        return achievements.create(
                course.tenant(), issuer, new AchievementDraft(name, "Done well.", "80 %", "#1f4e79", null), 1);
    }

    @Test
    void aRuleOfTooManyPartsIsRefusedAndNotCut() {
        Map<String, String> fields = new HashMap<>(Map.of("n0.kind", "allOf", "n0.depth", "0"));
        for (int i = 1; i <= 210; i++) {
            fields.putAll(Map.of(
                    "n" + i + ".kind",
                    "score",
                    "n" + i + ".depth",
                    "1",
                    "n" + i + ".item",
                    essay,
                    "n" + i + ".atLeast",
                    "80",
                    "n" + i + ".unit",
                    "percent"));
        }

        act("save", fields);

        assertThat(page.text()).contains("id=\"n210\"");
        assertThat(ruleSets.ofContext(course.tenant(), course.context().id())).isEmpty();
    }

    /** Presses a button of the form after filling something in. */
    private void act(String act, Map<String, String> filledIn) {
        Map<String, String> fields = new HashMap<>(filledIn);
        fields.put("act", act);
        page = teacher.submit(page, page.formTo("/badges/rule"), fields);
        assertThat(page.status()).isEqualTo(200);
    }
}
