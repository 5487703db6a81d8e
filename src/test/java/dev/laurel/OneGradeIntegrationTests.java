package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.launch.operator.TestOperator;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lms.Browser;
import lms.Column;
import lms.Fault;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The main job by its pages, without scripts: a typed grade becomes a badge in its holder's hands, and what can go wrong. */
@LaurelTest
class OneGradeIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    ApplicationContext laurel;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private ReferenceLms lms;

    private TenantId tenant;

    private Column essay;

    private Browser teacher;

    @BeforeEach
    void theTeacherOpensLaurel() {
        launched = LaunchedCourse.start(laurel, ReferenceLms.builder().students(4));
        lms = launched.lms();
        tenant = launched.tenant();
        essay = lms.course().columnCalled("Essay 1");
        teacher = launched(lms.course().teacher());
        await().atMost(PATIENCE)
                .until(() -> contexts.earners(tenant, course().id()).size() == 4
                        && !gradebook.lineItems(tenant, course().id()).isEmpty());
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void theHolderTakesHerBadgeWithHerAndNobodyElseCan() {
        activeBadge();
        type(0, "85");
        type(1, "79");
        Award award = award(student(0));
        StoredCredential stored = await().atMost(PATIENCE)
                .until(
                        () -> credentials.find(tenant, award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
        Browser holder = launched(student(0));
        Page asked = holder.open(at("/my/badges/" + award.id() + "/claim"));
        Page kept = holder.submit(asked, asked.formTo("/claim"), Map.of("audience", "me"));
        assertThat(kept.text()).contains("Take it with you", award.reference().value());

        assertFile(holder, award, "credential.json", "application/json", stored.embedded());
        assertFile(holder, award, "credential.jwt", "text/plain", stored.jwt());
        Page image = holder.open(at("/my/badges/" + award.id() + "/image.png"));
        assertThat(image.header("Content-Type")).hasValue("image/png");
        assertThat(new String(image.body(), StandardCharsets.ISO_8859_1))
                .contains(new String(stored.embedded(), StandardCharsets.ISO_8859_1));

        Browser other = launched(student(1));
        assertThat(other.open(at("/shelf")).text()).contains("1 more point in Essay 1 and this is yours.");
        for (String path : List.of("", "/claim", "/image.png", "/credential.json", "/credential.jwt")) {
            assertThat(other.open(at("/my/badges/" + award.id() + path)).status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void oneReferenceShowsAllSevenStepsWithTimeAndOutcome() {
        activeBadge();
        type(0, "85");
        Award award = award(student(0));
        await().atMost(PATIENCE)
                .until(() -> credentials.find(tenant, award.id()).isPresent());
        Browser holder = launched(student(0));
        Page asked = holder.open(at("/my/badges/" + award.id() + "/claim"));
        Page share = holder.submit(asked, asked.formTo("/claim"), Map.of("audience", "link"));
        holder.submit(share, share.formTo("/share"), Map.of());

        Browser admin = new Browser();
        admin.launch(lms.launchAsAdministrator(lms.tools().get(0)));
        Browser operator = new Browser();
        operator.open(URI.create(TestOperator.link(laurel)));
        for (Page road : List.of(
                admin.open(at("/institution/road?reference=" + award.reference())),
                operator.open(at("/operator/road?reference=" + award.reference())))) {
            assertThat(road.status()).as("" + road.uri()).isEqualTo(200);
            String steps = road.text().substring(road.text().indexOf("class=\"road\""));
            assertThat(steps.split("<li class=\"done\"", -1))
                    .as("" + road.uri())
                    .hasSize(Step.values().length + 1);
            assertThat(steps)
                    .contains(
                            "the course was last launched",
                            "member of the course, can earn badges",
                            "a score (ags, poll",
                            "criteria met",
                            "award decided",
                            "signed",
                            "shared by its holder")
                    .doesNotContain("trail.", "85 of 100", student(0).familyName());
        }
        assertThat(teacher.open(at("/institution/road?reference=" + award.reference()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void metricsTellOfEveryStep() {
        Browser operator = new Browser();
        operator.open(URI.create(TestOperator.link(laurel)));

        String metrics = operator.open(at("/operator/metrics")).text();

        for (Step step : Step.values()) {
            String name = step.name().toLowerCase(Locale.ROOT);
            for (String quantile : List.of("0.5", "0.95", "0.99")) {
                assertThat(metrics)
                        .contains("laurel_step_latency_seconds{step=\"" + name + "\",quantile=\"" + quantile + "\"}");
            }
            assertThat(metrics).contains("laurel_step_errors_total{step=\"" + name + "\"}");
        }
        // Launches and awards have no queue: they are made at once, in the transaction of what comes before.
        for (String step : List.of("context", "gradebook", "criteria", "credential", "publication")) {
            assertThat(metrics).contains("laurel_step_backlog_age_seconds{step=\"" + step + "\"}");
        }
    }

    @Test
    void aScoreIsWrittenForThoseWhoEarnedItAndForNobodyElse() {
        long ruleSet = activeBadge();
        type(0, "85");
        type(1, "79");
        award(student(0));
        lms.setFault(Service.SCORES, Fault.status(500).times(1));

        turnOnScores(ruleSet);

        Column written = await().atMost(PATIENCE)
                .until(
                        this::written,
                        column -> column.isPresent()
                                && column.get().grade(student(0)).isPresent())
                .orElseThrow();
        assertThat(lms.calls(Service.SCORES)).as("asked again after 500").isEqualTo(2);
        assertThat(written.grade(student(0)).orElseThrow().score()).isEqualByComparingTo("1");
        assertThat(written.maximum()).isEqualByComparingTo("1");
        for (int i = 1; i < 4; i++) {
            assertThat(written.grade(student(i))).as("student " + i).isEmpty();
        }
        Page course = teacher.open(at("/course"));
        assertThat(course.text())
                .contains("written by Laurel", "Last checked", "next check", "A badge usually follows within");
        LineItem item = gradebook.lineItems(tenant, course().id()).stream()
                .filter(LineItem::output)
                .findFirst()
                .orElseThrow();
        assertThat(gradebook.changesAfter(tenant, course().id(), 0, 100))
                .as("what Laurel writes is never an input")
                .isNotEmpty()
                .noneMatch(seen -> seen.lineItemId() == item.id());
        assertThat(teacher.open(at("/badges/new?column=" + item.id())).status()).isEqualTo(404);
    }

    @Test
    void aScoreThatTheLmsRefusesIsAPlainSentenceForTheTeacher() {
        long ruleSet = activeBadge();
        type(0, "85");
        award(student(0));
        lms.setFault(Service.SCORES, Fault.status(403));

        turnOnScores(ruleSet);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(teacher.open(at("/badges/" + ruleSet)).text())
                                .contains("The LMS does not allow", "One score was refused"));
        assertThat(written().orElseThrow().grade(student(0))).isEmpty();
    }

    @Test
    void aDeletedColumnIsWarnedOfAndLeavesTheRestUndecided() {
        long ruleSet = activeBadge();
        type(0, "85");
        type(1, "79");
        award(student(0));
        Page edit = teacher.open(at("/badges/" + ruleSet + "/edit"));
        Page several = teacher.open(at("/badges/new?column=" + item().id()));
        int seen = gradebook.changesAfter(tenant, course().id(), 0, 100).size();

        lms.course().delete(essay);
        gradebook.checkSoon(tenant, course().id());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                evaluation(ruleSet, student(1)).lines().get(0).reason())
                        .isEqualTo("deleted-column"));
        assertThat(gradebook.changesAfter(tenant, course().id(), 0, 100)).hasSize(seen);
        assertThat(awards.ofRuleSet(tenant, ruleSet)).as("awards stay").hasSize(1);
        for (String page : List.of("/course", "/badges/" + ruleSet)) {
            assertThat(teacher.open(at(page)).text())
                    .as(page)
                    .contains("The column “Essay 1” is not in the gradebook any more");
        }
        assertThat(launched(student(1)).open(at("/shelf")).text()).doesNotContain("1 more point");

        Page saved = teacher.submit(edit, edit.formTo("/badges/" + ruleSet), Map.of("parts[0].threshold", "70"));
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.text()).contains("This column is not in the gradebook any more");
        Page made = teacher.submit(several, badgeForm(several), Map.of("name", "Another", "action", "activate"));
        assertThat(made.text()).contains("This column is not in the gradebook any more");
        assertThat(ruleSets.ofContext(tenant, course().id())).hasSize(1);
    }

    @Test
    void oddGradesDecideNothingWrong() {
        long ruleSet = activeBadge();
        lms.course().forceResult(student(0), essay, "\"resultScore\":120,\"resultMaximum\":100");
        lms.course().forceResult(student(1), essay, "\"resultScore\":null");
        lms.course().forceResult(student(2), essay, "\"resultScore\":\"85,5\",\"resultMaximum\":100");
        type(3, "79,5");
        gradebook.checkSoon(tenant, course().id());

        award(student(0));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                evaluation(ruleSet, student(3)).lines().get(0).missing())
                        .isEqualByComparingTo("0.5"));
        assertThat(awards.ofRuleSet(tenant, ruleSet)).hasSize(1);
        assertThat(teacher.open(at("/course")).text()).contains("1 result is no number", "85,5");
    }

    @Test
    void anInstitutionLetsACourseSpeakInItsName() {
        Browser admin = new Browser();
        Page page = admin.launch(lms.launchAsAdministrator(lms.tools().get(0)));
        page = admin.submit(page, page.formTo("/institution/issuers"), Map.of("name", "School of Writing"));
        String issuer = achievementIssuer(page.text(), "School of Writing");
        String grant = "/institution/courses/" + course().id() + "/issuer";
        page = admin.submit(page, page.formTo(grant), Map.of("issuerId", issuer));
        page = admin.submit(page, page.formTo(grant + "s/" + issuer), Map.of());
        assertThat(page.text()).contains("School of Writing");

        long ruleSet = activeBadge();
        type(0, "85");
        Award award = award(student(0));
        byte[] signed = await().atMost(PATIENCE)
                .until(() -> credentials.find(tenant, award.id()), Optional::isPresent)
                .orElseThrow()
                .embedded();
        assertThat(new String(signed, StandardCharsets.UTF_8)).contains("\"School of Writing\"");

        page = admin.submit(page, page.formTo(grant), Map.of("issuerId", "0"));
        admin.submit(page, page.formTo(grant + "s/0"), Map.of());
        assertThat(ruleSets.find(tenant, ruleSet).orElseThrow().status().name()).isEqualTo("PAUSED");
    }

    /** At least 80 % of the essay, as the pages suggest it. */
    private long activeBadge() {
        Page form = teacher.open(at("/badges/new?column=" + item().id()));
        Page asked = teacher.submit(form, badgeForm(form), Map.of("action", "activate"));
        Page badge = teacher.submit(asked, asked.formTo("/activation"), Map.of());
        assertThat(badge.text()).contains("The badge is active.");
        return Long.parseLong(badge.uri().getPath().replaceAll("\\D", ""));
    }

    private static Page.Form badgeForm(Page page) {
        return page.forms().stream()
                .filter(form -> form.action().equals("/badges"))
                .findFirst()
                .orElseThrow();
    }

    private void turnOnScores(long ruleSet) {
        Page badge = teacher.open(at("/badges/" + ruleSet));
        Page.Form form = badge.formTo("/passback");
        assertThat(badge.text()).contains("total");
        teacher.submit(badge, form, Map.of("on", "true"));
    }

    private Optional<Column> written() {
        return lms.course().columns().stream()
                .filter(column -> !column.id().equals(essay.id()) && !column.belongsToLms())
                .findFirst();
    }

    private void assertFile(Browser holder, Award award, String name, String type, byte[] bytes) {
        Page file = holder.open(at("/my/badges/" + award.id() + "/" + name));
        assertThat(file.status()).as(name).isEqualTo(200);
        assertThat(file.header("Content-Type").orElseThrow()).startsWith(type);
        assertThat(file.header("Content-Disposition").orElseThrow()).startsWith("attachment");
        assertThat(file.body()).isEqualTo(bytes);
    }

    private static String achievementIssuer(String page, String name) {
        String before = page.substring(0, page.indexOf(">" + name + "</option>"));
        return before.substring(before.lastIndexOf("value=\"") + 7).replaceAll("\\D.*", "");
    }

    private Browser launched(LmsUser user) {
        Browser browser = new Browser();
        assertThat(browser.launch(lms.launch(user)).status()).isEqualTo(200);
        return browser;
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }

    private LmsUser student(int number) {
        return lms.course().student(number);
    }

    private void type(int student, String grade) {
        lms.course().typeGrade(student(student), essay, grade);
    }

    private Award award(LmsUser user) {
        return await().atMost(PATIENCE)
                .until(() -> awards.ofPerson(tenant, person(user)), found -> !found.isEmpty())
                .get(0);
    }

    private Evaluation evaluation(long ruleSet, LmsUser user) {
        return verdicts.ofRuleSet(tenant, ruleSet).stream()
                .filter(each -> each.personId() == person(user))
                .map(PersonEvaluation::evaluation)
                .findFirst()
                .orElseThrow();
    }

    private LineItem item() {
        return gradebook.lineItems(tenant, course().id()).stream()
                .filter(item -> item.label().equals("Essay 1"))
                .findFirst()
                .orElseThrow();
    }

    private CourseContext course() {
        return launched.context();
    }

    private long person(LmsUser user) {
        return launched.person(user);
    }
}
