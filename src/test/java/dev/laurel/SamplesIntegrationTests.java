package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.grant.Grants;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import lms.Browser;
import lms.Column;
import lms.LmsRole;
import lms.LmsUser;
import lms.LtiNames;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Test copies of an LMS and test students: everything can be tried, and nothing of it can ever be taken for real. */
@Tag("once")
@LaurelTest
class SamplesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Platforms platforms;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    BadgeImages images;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

    @Autowired
    Awards awards;

    @Autowired
    Grants grants;

    @Autowired
    Credentials credentials;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private ReferenceLms lms;

    private Registration registration;

    private TenantId tenant;

    private Column essay;

    @BeforeEach
    void start() {
        lms = ReferenceLms.builder()
                .students(2)
                .tool(Tool.laurel(URI.create(publicUrl.origin())))
                .start();
        registration = TestRegistrations.alone(platforms, lms, "1", "College at " + lms.issuer());
        tenant = Objects.requireNonNull(platforms.deployment(registration, "1").tenant());
        essay = lms.course().columnCalled("Essay 1");
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    void whatIsEarnedInATestCopyIsASampleUnderItsOwnKeyAndSaysSoEverywhere() throws IOException {
        fromTestCopy();
        Browser teacher = launched(lms.course().teacher());
        long badge = activeBadge(teacher, course(true));
        LmsUser student = lms.course().student(0);
        lms.course().typeGrade(student, essay, "91");

        Award award = award(student);

        StoredCredential signed = signed(award);
        Issuer issuer = issuers.sample(tenant);
        assertThat(new String(signed.embedded(), StandardCharsets.UTF_8))
                .contains(
                        "\"Sample: Essay 1\"", issuer.name(), issuer.publicId().toString());
        assertThat(issuer.name()).contains("not real");
        assertThat(credentials.verify(signed.embedded()).valid()).isTrue();
        assertThat(isRibboned(award)).isTrue();
        assertThat(awards.counts(tenant, List.of(badge))).containsEntry(badge, 1);

        Browser holder = launched(student);
        assertThat(holder.open(at("/shelf")).text()).contains("Sample: Essay 1", "This is a test copy");
        Page page = holder.open(at("/my/badges/" + award.id()));
        assertThat(page.text()).contains("it is never real");
        page = holder.submit(
                page, holder.open(at("/my/badges/" + award.id() + "/claim")).formTo("/claim"), Map.of());
        Page shared = holder.submit(page, page.formTo("/share"), Map.of());
        Page stranger = new Browser().open(URI.create(address(shared)));
        assertThat(stranger.text())
                .contains("This is a sample. Nobody earned it", "Verified just now: it is a sample")
                .doesNotContain(">Verified just now<");
    }

    /** Others may sign in there as her, who have no say in what she earned. */
    @Test
    void aRealBadgeCanOnlyBeLookedAtFromATestCopy() {
        Browser teacher = launched(lms.course().teacher());
        activeBadge(teacher, course(false));
        LmsUser student = lms.course().student(0);
        lms.course().typeGrade(student, essay, "91");
        Award award = award(student);
        signed(award);
        Browser herself = launched(student);
        Page claim = herself.open(at("/my/badges/" + award.id() + "/claim"));
        herself.submit(claim, claim.formTo("/claim"), Map.of());
        Award kept = awards.find(tenant, award.id()).orElseThrow();
        assertThat(kept.claimedAt()).isNotNull();
        fromTestCopy();
        Browser there = launched(student);

        String badge = "/my/badges/" + award.id();
        assertThat(there.open(at("/shelf?everywhere=true")).text()).contains("Essay 1");
        assertThat(there.open(at(badge)).text())
                .contains("Essay 1", "here you can only look at it")
                .doesNotContain(
                        "Keep it", "Who can see it", "Take it with you", badge + "/questions", badge + "/endorsement");
        assertThat(there.open(at(badge + "/record")).status()).isEqualTo(200);
        Page any = there.open(at("/my/brought"));
        Map<String, String> typed = new HashMap<>(any.formTo("/my/brought").fields());
        typed.putAll(Map.of("name", "NAME", "remark", "Good", "email", student.email()));
        assertThat(acts()).hasSizeGreaterThan(25).allSatisfy(act -> {
            // As a number can be written too.
            URI path = at(act.path().replace("{awardId}", "0" + award.id()).replaceAll("\\{\\w+}", "1"));
            Page refused =
                    act.method() == RequestMethod.GET ? there.open(path) : there.post(path, typed, publicUrl.origin());
            assertThat(refused.status()).as(act.toString()).isEqualTo(403);
            assertThat(refused.text()).as(act.toString()).contains("Your real badges cannot be used here");
        });
        assertThat(awards.find(tenant, award.id())).contains(kept);
        assertThat(List.of("/my/brought", "/my/brought/1/removal", "/my/messages"))
                .allSatisfy(act -> {
                    Page refused = there.post(at(act), typed, publicUrl.origin());
                    assertThat(refused.status()).as(act).isEqualTo(403);
                    assertThat(refused.text()).as(act).contains("would count in the real one too");
                });
        Page decided =
                launched(lms.course().teacher()).post(at("/course/brought/1/decision"), typed, publicUrl.origin());
        assertThat(decided.status()).isEqualTo(403);
        lms.tamperWithLaunches(token -> token);
        Page page = launched(student).open(at(badge));
        assertThat(page.text()).contains("Who can see it", badge + "/wallet").doesNotContain("only look at it");
    }

    /** Or whoever is signed in there would do it, and would have read it. */
    @Test
    void aRealBadgeIsNeitherOfferedNorToldOfInATestCopy() {
        Browser teacher = launched(lms.course().teacher());
        long badge = activeBadge(teacher, course(false));
        LmsUser earned = lms.course().student(0);
        LmsUser lost = lms.course().student(1);
        lms.course().typeGrade(earned, essay, "91");
        lms.course().typeGrade(lost, essay, "92");
        gradebook.checkSoon(tenant, course(false).id());
        Award offered = award(earned);
        grants.takeBack(
                tenant, badge, award(lost).id(), "Copied.", person(lms.course().teacher()), true);
        fromTestCopy();

        assertThat(launched(earned).open(at("/shelf?everywhere=true")).text())
                .contains("Essay 1")
                .doesNotContain("You earned", "Keep it");
        Browser there = launched(lost);
        assertThat(there.open(at("/shelf?everywhere=true")).text())
                .contains("Taken back")
                .doesNotContain("Since you were here");
        Map<String, String> typed = new HashMap<>(
                there.open(at("/my/brought")).formTo("/my/brought").fields());
        typed.put("until", Instant.now().toString());
        assertThat(there.post(at("/shelf/news"), typed, publicUrl.origin()).status())
                .isEqualTo(302);

        assertThat(awards.find(tenant, offered.id())).contains(offered);
        lms.tamperWithLaunches(token -> token);
        assertThat(launched(earned).open(at("/shelf")).text()).contains("You earned", "Keep it");
        assertThat(launched(lost).open(at("/shelf")).text()).contains("Since you were here", "was taken back");
    }

    private record PossibleAct(RequestMethod method, String path) {}

    /** Whatever can be done with a badge of one's own, or with all of them. */
    private List<PossibleAct> acts() {
        return mappings.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternValues().stream()
                        .flatMap(path -> info.getMethodsCondition().getMethods().stream()
                                .map(method -> new PossibleAct(method, path))))
                .filter(act -> act.path().startsWith("/my/badges/{awardId}/")
                        || Set.of("/my/kit.zip", "/my/transcript.pdf", "/my/record.jws")
                                .contains(act.path()))
                .filter(act -> !act.path().startsWith("/my/badges/{awardId}/record"))
                .toList();
    }

    @Test
    void theCourseOfATestCopyIsNotTheCourseThatItIsACopyOf() {
        launched(lms.course().teacher());
        CourseContext real = course(false);
        fromTestCopy();
        launched(lms.course().teacher());

        assertThat(course(true).id()).isNotEqualTo(real.id());
        assertThat(contexts.find(tenant, real.id()).orElseThrow().sample()).isFalse();
        lms.tamperWithLaunches(token -> token);
        Page again = launched(lms.course().teacher()).open(at("/course"));
        assertThat(again.text()).doesNotContain("test copy");
        assertThat(contexts.ofTenant(tenant)).hasSize(2);
    }

    @Test
    void anInstitutionsGrantMakesNothingRealInATestCopy() {
        fromTestCopy();
        Browser teacher = launched(lms.course().teacher());
        Issuer college = issuers.createForInstitution(tenant, "Northfield College", 1);
        issuers.grant(tenant, college.id(), course(true).id(), 1);
        activeBadge(teacher, course(true));
        LmsUser student = lms.course().student(0);
        lms.course().typeGrade(student, essay, "91");

        assertThat(issuer(award(student)).kind()).isEqualTo(Issuer.Kind.SAMPLE);
    }

    @Test
    void whoAdministersATestCopyHasNoSayInTheInstitutionOfTheRealSystem() {
        fromTestCopy();
        Browser admin = new Browser();

        Page page = admin.launch(lms.launchAsAdministrator(lms.tools().get(0)));

        assertThat(page.text())
                .contains("This is a test copy of your learning platform", "open Laurel in the real learning platform")
                .doesNotContain("Waiting for your approval");
        for (String path : List.of("/institution", "/institution/road")) {
            assertThat(admin.open(at(path)).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aTestCopyWithAnInstitutionOfItsOwnIsAdministeredAsAnyOther() {
        platforms.setTestCopy(registration.id(), true);
        Browser admin = new Browser();

        Page page = admin.launch(lms.launchAsAdministrator(lms.tools().get(0)));

        assertThat(page.uri().getPath()).isEqualTo("/institution");
        assertThat(page.text()).contains("This is a test copy");
    }

    @Test
    void aPlatformThatIsMarkedLateAwardsNothingRealFromThenOn() {
        Browser teacher = launched(lms.course().teacher());
        long badge = activeBadge(teacher, course(false));
        lms.course().typeGrade(lms.course().student(0), essay, "91");
        Award before = award(lms.course().student(0));

        platforms.setTestCopy(registration.id(), true);
        lms.course().typeGrade(lms.course().student(1), essay, "92");
        gradebook.checkSoon(tenant, before.contextId());
        Award after = award(lms.course().student(1));

        assertThat(issuer(before).kind()).isEqualTo(Issuer.Kind.COURSE);
        assertThat(issuer(after).kind()).isEqualTo(Issuer.Kind.SAMPLE);
        assertThat(after.sampleOf()).isEqualTo(before.achievementId());
        assertThat(awards.ofRuleSet(tenant, badge)).containsExactly(before);
        platforms.setTestCopy(registration.id(), false);
        assertThat(issuer(award(lms.course().student(1))).kind()).isEqualTo(Issuer.Kind.SAMPLE);
    }

    @Test
    void aTestStudentSeesEverythingAStudentSeesOnASampleAndIsNotCounted() throws IOException {
        Browser teacher = launched(lms.course().teacher());
        long badge = activeBadge(teacher, course(false));
        LmsUser tester = lms.course().enrol("Test", "Student", LmsRole.TEST_STUDENT);
        LmsUser student = lms.course().student(0);
        Browser view = launched(tester);
        assertThat(view.open(at("/shelf")).text()).contains("You see this as a test student", "Essay 1");
        lms.course().typeGrade(tester, essay, "95");
        lms.course().typeGrade(student, essay, "91");
        gradebook.checkSoon(tenant, course(false).id());

        Award sample = award(tester);
        Award real = award(student);

        assertThat(issuer(sample).kind()).isEqualTo(Issuer.Kind.SAMPLE);
        assertThat(issuer(real).kind()).isEqualTo(Issuer.Kind.COURSE);
        assertThat(real.achievementId()).isEqualTo(sample.sampleOf());
        assertThat(isRibboned(sample)).isTrue();
        assertThat(isRibboned(real)).isFalse();
        assertThat(new String(signed(sample).embedded(), StandardCharsets.UTF_8))
                .contains("\"Sample: Essay 1\"");
        assertThat(awards.counts(tenant, List.of(badge))).containsEntry(badge, 1);
        assertThat(teacher.open(at("/badges/" + badge)).text())
                .contains(student.name())
                .doesNotContain(tester.name());
        Page shelf = view.open(at("/shelf"));
        assertThat(shelf.text()).contains("You earned “Sample: Essay 1”");
        assertThat(view.open(at("/pictures/" + version(sample))).status()).isEqualTo(200);
        Page kept = view.submit(
                shelf, view.open(at("/my/badges/" + sample.id() + "/claim")).formTo("/claim"), Map.of());
        assertThat(kept.text()).contains("It is yours.");
    }

    @Test
    void aTeacherWhoGivesHerselfTheTestRoleStillEarnsNothing() {
        Browser teacher = launched(lms.course().teacher());
        long badge = activeBadge(teacher, course(false));
        LmsUser both = lms.course().enrol("Ben", "Both", LmsRole.LEARNER);
        lms.tamperWithLaunches(token -> token.claim(
                LtiNames.ROLES,
                List.of(
                        "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor",
                        "http://purl.imsglobal.org/vocab/lti/system/person#TestUser")));
        launched(both);
        lms.tamperWithLaunches(token -> token);
        lms.course().typeGrade(both, essay, "95");
        lms.course().typeGrade(lms.course().student(0), essay, "95");
        gradebook.checkSoon(tenant, course(false).id());

        award(lms.course().student(0));

        assertThat(awards.ofPerson(tenant, person(both))).isEmpty();
        assertThat(verdicts.ofRuleSet(tenant, badge)).isNotEmpty().noneMatch(each -> each.personId() == person(both));
    }

    @Test
    void aProductionSystemThatSaysItIsNoTestCopyIsNone() {
        lms.tamperWithLaunches(token -> token.claim(LtiNames.CUSTOM, Map.of("canvas_environment_test", "false")));

        Browser teacher = launched(lms.course().teacher());

        assertThat(teacher.open(at("/course")).text()).doesNotContain("test copy");
    }

    private void fromTestCopy() {
        lms.tamperWithLaunches(token -> token.claim(LtiNames.CUSTOM, Map.of("canvas_environment_test", "test")));
    }

    private Browser launched(LmsUser user) {
        Browser browser = new Browser();
        assertThat(browser.launch(lms.launch(user)).status()).isEqualTo(200);
        return browser;
    }

    /** What a real one is worth and how long it is valid, so that whoever tries it out sees what students will see. */
    @Test
    void aSampleSaysWhatARealOneIsWorthAndWhenItEnds() {
        Browser teacher = launched(lms.course().teacher());
        activeBadge(
                teacher,
                course(false),
                Map.of(
                        "action", "activate",
                        "worth.credits", "2.5",
                        "worth.lasts", "MONTHS",
                        "worth.months", "12",
                        "worth.renewal", "60"));
        LmsUser tester = lms.course().enrol("Test", "Student", LmsRole.TEST_STUDENT);
        LmsUser student = lms.course().student(0);
        Browser view = launched(tester);
        lms.course().typeGrade(tester, essay, "95");
        lms.course().typeGrade(student, essay, "91");
        gradebook.checkSoon(tenant, course(false).id());

        Award sample = award(tester);
        Award real = award(student);

        assertThat(sample.validUntil()).isNotNull();
        assertThat(Duration.between(sample.validUntil(), real.validUntil()).abs())
                .isLessThan(PATIENCE);
        assertThat(new String(signed(sample).embedded(), StandardCharsets.UTF_8))
                .contains("\"creditsEarned\":2.5", "\"creditsAvailable\":2.5", "\"validUntil\":");
        assertThat(credentials.verify(signed(sample).embedded()).valid()).isTrue();
        assertThat(view.open(at("/my/badges/" + sample.id())).text())
                .contains("Worth 2.5 credits", "Valid until", "it is never real");
    }

    private long activeBadge(Browser teacher, CourseContext course) {
        return activeBadge(teacher, course, Map.of("action", "activate"));
    }

    private long activeBadge(Browser teacher, CourseContext course, Map<String, String> typed) {
        await().atMost(PATIENCE)
                .until(() -> contexts.earners(tenant, course.id()).size() == 2
                        && !gradebook.lineItems(tenant, course.id()).isEmpty());
        long item = gradebook.lineItems(tenant, course.id()).get(0).id();
        Page form = teacher.open(at("/badges/new?column=" + item));
        Page.Form badge = form.forms().stream()
                .filter(each -> each.action().equals("/badges"))
                .findFirst()
                .orElseThrow();
        Page asked = teacher.submit(form, badge, typed);
        Page done = teacher.submit(asked, asked.formTo("/activation"), Map.of());
        assertThat(done.text()).contains("The badge is active.");
        return ruleSets.ofContext(tenant, course.id()).stream()
                .map(RuleSet::id)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private CourseContext course(boolean sample) {
        return contexts.ofTenant(tenant).stream()
                .filter(course -> course.sample() == sample)
                .findFirst()
                .orElseThrow();
    }

    private Award award(LmsUser user) {
        return await().atMost(PATIENCE)
                .until(() -> awards.ofPerson(tenant, person(user)), found -> !found.isEmpty())
                .get(0);
    }

    private StoredCredential signed(Award award) {
        return await().atMost(PATIENCE)
                .until(() -> credentials.find(tenant, award.id()), Optional::isPresent)
                .orElseThrow();
    }

    private Issuer issuer(Award award) {
        return achievements
                .version(tenant, award.achievementId(), award.achievementVersion())
                .flatMap(version -> issuers.find(tenant, version.issuerId()))
                .orElseThrow();
    }

    private long version(Award award) {
        return achievements
                .version(tenant, award.achievementId(), award.achievementVersion())
                .orElseThrow()
                .imageId();
    }

    /** The colour of the ribbon left and right of its word, where a drawing has another or none. */
    private boolean isRibboned(Award award) throws IOException {
        byte[] png = images.find(tenant, version(award)).orElseThrow().png();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        return (image.getRGB(20, 422) & 0xffffff) == 0x8c1023 && (image.getRGB(492, 322) & 0xffffff) == 0x8c1023;
    }

    private long person(LmsUser user) {
        Long person = contexts.personsBySub(tenant, registration.id(), List.of(user.id()))
                .get(user.id());
        return person == null ? -1 : person;
    }

    private static String address(Page page) {
        String text = page.text();
        int link = text.indexOf("id=\"shared-address\"");
        String element = text.substring(text.lastIndexOf('<', link), text.indexOf("</a>", link));
        return element.substring(element.indexOf('>') + 1);
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
