package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.credential.Credentials;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Shares;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lms.Browser;
import lms.Column;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A student takes everything that is stored about her, and deletes it, by the page. */
@Tag("once")
@LaurelTest
class ErasureIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    ApplicationContext laurel;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    Shares shares;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    private LaunchedCourse launched;

    private ReferenceLms lms;

    private TenantId tenant;

    private URI shared;

    private long person;

    /** Two students have a badge; the first shows hers to everybody. */
    @BeforeEach
    void twoStudentsHaveABadge() {
        launched = LaunchedCourse.start(laurel, ReferenceLms.builder().students(3));
        lms = launched.lms();
        tenant = launched.tenant();
        Browser teacher = launched(lms.course().teacher());
        await().atMost(PATIENCE)
                .until(() -> contexts.earners(tenant, course()).size() == 3
                        && !gradebook.lineItems(tenant, course()).isEmpty());
        Column essay = lms.course().columnCalled("Essay 1");
        launched.activateBadge(teacher, "Essay 1");
        lms.course().typeGrade(student(0), essay, "90");
        lms.course().typeGrade(student(1), essay, "91");
        person = launched.person(student(0));
        Award award = award(person);
        award(launched.person(student(1)));
        await().atMost(PATIENCE)
                .until(() -> credentials.find(tenant, award.id()).isPresent());
        Browser holder = launched(student(0));
        Page claim = holder.open(at("/my/badges/" + award.id() + "/claim"));
        Page share = holder.submit(claim, claim.formTo("/claim"), Map.of("audience", "link", "name", "NAME"));
        holder.submit(share, share.formTo("/share"), Map.of());
        Page mine = holder.open(at("/my/badges/" + award.id()));
        holder.submit(mine, mine.formTo("/questions"), Map.of("words", "My own words."));
        shared = URI.create(shares.url(tenant, award.id()).orElseThrow());
        assertThat(new Browser().open(shared).text()).contains(student(0).familyName());
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void herFileHoldsAllThatIsHersAndNothingOfOthers() {
        Browser holder = launched(student(0));
        Page page = holder.open(at("/privacy"));
        assertThat(page.text()).contains("href=\"/privacy/data.json\"", "My own words.", "90 of 100");
        Page file = holder.open(at("/privacy/data.json"));
        JsonNode data = json.readTree(file.body());
        Award award = award(person);

        assertThat(file.header("Content-Disposition")).contains("attachment; filename=\"laurel-data.json\"");
        assertThat(data.at("/badges/0/name").stringValue()).isEqualTo("Essay 1");
        assertThat(data.at("/badges/0/reference").stringValue())
                .isEqualTo(award.reference().value());
        assertThat(data.at("/courses/0/results/0/column").stringValue()).isEqualTo("Essay 1");
        assertThat(data.at("/courses/0/results/0/score").decimalValue()).isEqualByComparingTo("90");
        assertThat(data.at("/questions/0/badge").stringValue()).isEqualTo("Essay 1");
        assertThat(data.at("/questions/0/words").stringValue()).isEqualTo("My own words.");
        assertThat(data.at("/badges/0/reasons"))
                .isEqualTo(
                        json.readTree(awards.decisionRecord(tenant, award.id()).orElseThrow()));
        assertThat(data.path("badges").size()).isEqualTo(1);
        assertThat(data.at("/courses/0/results").size()).isEqualTo(1);
        LmsUser other = student(1);
        assertThat(file.text())
                .contains(student(0).familyName())
                .doesNotContain(
                        other.familyName(),
                        other.email(),
                        award(launched.person(other)).reference().value())
                .doesNotContain("\"" + other.id() + "\"");
        assertThat(launched(other).open(at("/privacy/data.json")).text()).doesNotContain("My own words.");
    }

    @Test
    void nothingSaysWhoSheWasAndHerPagesAreGoneWhileOthersKeepTheirs() {
        Browser browser = launched(student(0));
        Page privacy = browser.open(at("/privacy"));
        assertThat(privacy.text()).contains("Delete everything about you", "cannot be undone");

        Page deleted = browser.submit(privacy, privacy.formTo("/privacy/erasure"), Map.of());

        assertThat(deleted.text()).contains("Everything about you is deleted");
        assertThat(new Browser().open(shared).status()).isEqualTo(410);
        assertThat(new Browser().open(URI.create(shared + "/credential.json")).status())
                .isEqualTo(410);
        assertThat(new Browser().open(URI.create(shared + "/image.png")).status())
                .isEqualTo(410);
        assertThat(browser.open(at("/privacy")).status())
                .as("her session is over")
                .isIn(401, 403);
        assertThat(contexts.profiles(tenant, List.of(person))
                        .getOrDefault(person, nobody())
                        .fullName())
                .isEmpty();
        assertThat(contexts.accounts(tenant, person)).isEmpty();
        assertThat(count(
                        "SELECT COUNT(*) FROM person WHERE id = ? AND (wrapped_key IS NOT NULL OR sealed IS NOT NULL)"))
                .isZero();
        assertThat(count("SELECT COUNT(*) FROM account WHERE person_id = ?")).isZero();
        assertThat(count("SELECT COUNT(*) FROM evaluation WHERE person_id = ?")).isZero();
        assertThat(count("SELECT COUNT(*) FROM launch WHERE person_id = ?")).isZero();
        assertThat(count("SELECT COUNT(*) FROM award_question WHERE person_id = ?"))
                .isZero();
        assertThat(count("SELECT COUNT(*) FROM award_message WHERE person_id = ?"))
                .isZero();
        assertThat(count("SELECT COUNT(*) FROM award WHERE person_id = ? AND revoked_at IS NOT NULL"))
                .as("the award stays, and says nothing about anybody")
                .isEqualTo(1);
        assertThat(award(launched.person(student(1))).revokedAt()).isNull();
        assertThat(contexts.profiles(tenant, List.of(launched.person(student(1))))
                        .values())
                .extracting(profile -> profile.fullName().isPresent())
                .containsExactly(true);
    }

    @Test
    void theRosterDoesNotBringHerBackButSheHerselfCanComeAsSomebodyNew() {
        Browser browser = launched(student(0));
        Page privacy = browser.open(at("/privacy"));
        browser.submit(privacy, privacy.formTo("/privacy/erasure"), Map.of());

        contexts.refreshRoster(tenant, course());
        contexts.refreshRoster(tenant, course());

        assertThat(contexts.earners(tenant, course())).hasSize(2).doesNotContain(person);
        assertThat(contexts.personsBySub(
                        tenant, launched.registration().id(), List.of(student(0).id())))
                .isEmpty();

        Browser again = launched(student(0));
        assertThat(again.open(at("/privacy")).text()).contains(student(0).familyName());
        assertThat(launched.person(student(0))).isNotEqualTo(person);
        assertThat(contexts.earners(tenant, course())).hasSize(3);
        assertThat(new Browser().open(shared).status()).isEqualTo(410);
    }

    @Test
    void whatAPersonWithheldFromHerIsWithheldFromWhomSheIsWhenSheComesBack() {
        Award award = award(person);
        laurel.getBean(Grants.class)
                .takeBack(
                        tenant,
                        award.ruleSetId(),
                        award.id(),
                        "Copied from a neighbour.",
                        launched.person(lms.course().teacher()),
                        true);
        erase(student(0));
        erase(student(1));
        assertThat(tracesOfWithheld()).isEqualTo(1);

        launched(student(0));
        launched(student(1));
        Column essay = lms.course().columnCalled("Essay 1");
        lms.course().typeGrade(student(0), essay, "92");
        lms.course().typeGrade(student(1), essay, "93");
        gradebook.checkSoon(tenant, course());

        long again = launched.person(student(0));
        assertThat(award(launched.person(student(1))).revokedAt())
                .as("of whom nothing was withheld")
                .isNull();
        await().atMost(PATIENCE)
                .until(() -> laurel.getBean(Verdicts.class).ofLearner(tenant, course(), again).stream()
                        .anyMatch(each -> each.evaluation().verdict() == Verdict.MET));
        assertThat(awards.ofRuleSet(tenant, award.ruleSetId(), again)).isEmpty();
        assertThat(laurel.getBean(HumanDecisions.class)
                        .find(tenant, award.ruleSetId(), again)
                        .orElseThrow()
                        .reason())
                .contains("before everything about this account was deleted")
                .doesNotContain("neighbour");
        assertThat(tracesOfWithheld()).isZero();
    }

    private void erase(LmsUser user) {
        Browser browser = launched(user);
        Page privacy = browser.open(at("/privacy"));
        browser.submit(privacy, privacy.formTo("/privacy/erasure"), Map.of());
    }

    private int tracesOfWithheld() {
        return jdbc.sql("SELECT COUNT(*) FROM withheld_before WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    @Test
    void aClickInsideAFrameDeletesNothing() {
        Browser framed = Browser.framed();
        framed.launch(lms.launch(student(0)));
        Page privacy = framed.open(at("/privacy"));

        assertThat(privacy.forms()).extracting(Page.Form::action).doesNotContain("/privacy/erasure");
        assertThat(contexts.accounts(tenant, person)).isNotEmpty();
    }

    private static Profile nobody() {
        return Profile.UNKNOWN;
    }

    private int count(String sql) {
        return jdbc.sql(sql).param(person).query(Integer.class).single();
    }

    private long course() {
        return launched.context().id();
    }

    private Award award(long personId) {
        return await().atMost(PATIENCE)
                .until(() -> awards.ofPerson(tenant, personId), found -> !found.isEmpty())
                .get(0);
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
}
