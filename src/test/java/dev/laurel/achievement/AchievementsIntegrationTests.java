package dev.laurel.achievement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@LaurelTest
class AchievementsIntegrationTests {

    private static final AchievementDraft DRAFT =
            new AchievementDraft("Lab safety", "Works safely in the lab", "Score 80 % in the lab", "#1f5f8b", null);

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    BadgeImages images;

    @Autowired
    JdbcTemplate jdbc;

    TestCourse course;

    Issuer issuer;

    @BeforeEach
    void aCourse() {
        course = TestCourse.in(jdbc);
        issuer = issuers.of(course.tenant, course.id, "Biology 101");
    }

    @Test
    void aCourseWithoutAGrantSpeaksForItselfAndSaysSo() {
        assertThat(issuer.kind()).isEqualTo(Issuer.Kind.COURSE);
        assertThat(issuer.contextId()).isEqualTo(course.id);
        assertThat(issuer.name()).startsWith("Biology 101 (a course at Example University");
        assertThat(issuers.of(course.tenant, course.id, "Renamed")).isEqualTo(issuer);
        assertThat(issuers.findByPublicId(issuer.publicId()))
                .hasValueSatisfying(owned -> assertThat(owned.tenant()).isEqualTo(course.tenant));
    }

    @Test
    void manyFirstUsesAtOnceMakeOneIssuer() throws Exception {
        TestCourse fresh = TestCourse.another(jdbc, course.tenant);
        Callable<Long> use =
                () -> issuers.of(fresh.tenant, fresh.id, "Chemistry").id();
        ExecutorService people = Executors.newFixedThreadPool(8);
        try {
            List<Future<Long>> ids = people.invokeAll(java.util.Collections.nCopies(16, use));
            long first = ids.get(0).get();
            for (Future<Long> id : ids) {
                assertThat(id.get()).isEqualTo(first);
            }
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void theInstitutionLendsItsNameAndTakesItBack() {
        Issuer institution = issuers.createForInstitution(course.tenant, "Faculty of Science", TestCourse.TEACHER);
        TestCourse other = TestCourse.another(jdbc, course.tenant);

        issuers.grant(course.tenant, institution.id(), course.id, TestCourse.TEACHER);
        issuers.grant(course.tenant, institution.id(), course.id, TestCourse.TEACHER);
        AchievementVersion badge = achievements.create(course.tenant, institution.id(), DRAFT, TestCourse.TEACHER);

        assertThat(issuers.of(course.tenant, course.id, "x")).isEqualTo(institution);
        assertThat(issuers.grants(course.tenant)).isEqualTo(Map.of(course.id, institution));
        assertThat(issuers.maySpeak(course.tenant, badge.achievementId(), course.id))
                .isTrue();
        assertThat(issuers.maySpeak(course.tenant, badge.achievementId(), other.id))
                .isFalse();

        issuers.withdrawGrant(course.tenant, course.id, TestCourse.TEACHER);
        issuers.withdrawGrant(course.tenant, course.id, TestCourse.TEACHER);

        assertThat(issuers.of(course.tenant, course.id, "x")).isEqualTo(issuer);
        assertThat(issuers.maySpeak(course.tenant, badge.achievementId(), course.id))
                .isFalse();
        issuers.grant(course.tenant, institution.id(), course.id, TestCourse.TEACHER);
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM issuer_grant WHERE tenant_id = ?", Integer.class, course.tenant.value()))
                .as("every grant stays on record")
                .isEqualTo(2);
    }

    @Test
    void aCourseIssuerCannotBeLent() {
        TestCourse other = TestCourse.another(jdbc, course.tenant);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> issuers.grant(course.tenant, issuer.id(), other.id, TestCourse.TEACHER));
    }

    @Test
    void anActivatedVersionNeverChanges() {
        AchievementVersion first = achievements.create(course.tenant, issuer.id(), DRAFT, TestCourse.TEACHER);
        AchievementDraft otherWords = new AchievementDraft("Lab hygiene", "Cleans up", "90 %", "#7a4a9e", null);

        AchievementVersion draft = achievements.edit(course.tenant, first.key(), otherWords, TestCourse.TEACHER);
        assertThat(draft.version()).isEqualTo(1);
        assertThat(draft.name()).isEqualTo("Lab hygiene");

        achievements.activate(course.tenant, first.achievementId(), 1, TestCourse.TEACHER);
        AchievementVersion activated =
                achievements.version(course.tenant, first.achievementId(), 1).orElseThrow();
        achievements.activate(course.tenant, first.achievementId(), 1, 99);
        AchievementVersion next = achievements.edit(course.tenant, first.key(), DRAFT, TestCourse.TEACHER);

        assertThat(activated.activatedAt()).isNotNull();
        assertThat(achievements.version(course.tenant, first.achievementId(), 1))
                .hasValue(activated);
        assertThat(next.version()).isEqualTo(2);
        assertThat(next.activatedAt()).isNull();
        assertThat(achievements
                        .versions(course.tenant, List.of(first.key(), next.key()))
                        .values())
                .containsExactlyInAnyOrder(activated, next);
        assertThat(achievements.activatedVersion(first.achievementPublicId(), 1))
                .isPresent();
        assertThat(achievements.activatedVersion(first.achievementPublicId(), 2))
                .as("a draft is nobody's business")
                .isEmpty();
    }

    @Test
    void coursesThatShareABadgeDoNotEditEachOthersDrafts() {
        AchievementVersion shared = achievements.create(course.tenant, issuer.id(), DRAFT, TestCourse.TEACHER);
        achievements.activate(course.tenant, shared.achievementId(), 1, TestCourse.TEACHER);

        AchievementVersion one = achievements.edit(course.tenant, shared.key(), named("One"), TestCourse.TEACHER);
        AchievementVersion other = achievements.edit(course.tenant, shared.key(), named("Other"), TestCourse.TEACHER);
        AchievementVersion again = achievements.edit(course.tenant, one.key(), named("One again"), TestCourse.TEACHER);

        assertThat(again.key()).isEqualTo(one.key());
        assertThat(achievements
                        .versions(course.tenant, List.of(one.key(), other.key()))
                        .values())
                .extracting(AchievementVersion::name)
                .containsExactlyInAnyOrder("One again", "Other");
    }

    @Test
    void aBadgeIsMadeForAnotherIssuerInTheSameWordsAndLook() {
        AchievementVersion badge = achievements.create(course.tenant, issuer.id(), DRAFT, TestCourse.TEACHER);
        TestCourse other = TestCourse.another(jdbc, course.tenant);
        Issuer otherIssuer = issuers.of(course.tenant, other.id, "Lab 2");

        AchievementVersion copy =
                achievements.copy(course.tenant, badge.key(), otherIssuer.id(), words -> words, TestCourse.TEACHER);

        assertThat(copy)
                .usingRecursiveComparison()
                .ignoringFields("achievementId", "achievementPublicId", "issuerId")
                .isEqualTo(badge);
        assertThat(copy.issuerId()).isEqualTo(otherIssuer.id());
        assertThat(copy.achievementPublicId()).isNotEqualTo(badge.achievementPublicId());
        AchievementVersion again =
                achievements.copy(course.tenant, copy.key(), issuer.id(), words -> words, TestCourse.TEACHER);
        assertThat(achievements.copiesOf(course.tenant, badge.achievementPublicId()))
                .containsExactlyInAnyOrder(copy.achievementId(), again.achievementId());
        TestCourse foreign = TestCourse.in(jdbc);
        assertThat(achievements.copiesOf(foreign.tenant, badge.achievementPublicId()))
                .isEmpty();
        assertThatExceptionOfType(AchievementNotFoundException.class)
                .isThrownBy(() -> achievements.copy(
                        foreign.tenant, badge.key(), otherIssuer.id(), words -> words, TestCourse.TEACHER));
    }

    private static AchievementDraft named(String name) {
        return new AchievementDraft(name, "Works safely", "90 %", "#7a4a9e", null);
    }

    @Test
    void anotherInstitutionSeesNothing() {
        AchievementVersion badge = achievements.create(course.tenant, issuer.id(), DRAFT, TestCourse.TEACHER);
        TestCourse foreign = TestCourse.in(jdbc);

        assertThat(achievements.version(foreign.tenant, badge.achievementId(), 1))
                .isEmpty();
        assertThat(images.find(foreign.tenant, badge.imageId())).isEmpty();
        assertThat(issuers.find(foreign.tenant, issuer.id())).isEmpty();
        assertThat(issuers.maySpeak(foreign.tenant, badge.achievementId(), course.id))
                .isFalse();
        assertThatExceptionOfType(AchievementNotFoundException.class)
                .isThrownBy(() -> achievements.edit(foreign.tenant, badge.key(), DRAFT, TestCourse.TEACHER));
        assertThatExceptionOfType(AchievementNotFoundException.class)
                .isThrownBy(() -> achievements.activate(foreign.tenant, badge.achievementId(), 1, TestCourse.TEACHER));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> achievements.create(foreign.tenant, issuer.id(), DRAFT, TestCourse.TEACHER));
    }

    @Test
    void theDrawnPictureSaysWhatTheBadgeMeans() {
        AchievementVersion badge = achievements.create(course.tenant, issuer.id(), DRAFT, TestCourse.TEACHER);
        BadgeImage image = images.find(course.tenant, badge.imageId()).orElseThrow();

        assertThat(image.altText()).isEqualTo("Badge: Lab safety. Works safely in the lab");
        assertThat(image.svg()).contains("<title>Badge: Lab safety. Works safely in the lab</title>");
        assertThat(image.png()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(achievements
                        .edit(course.tenant, badge.key(), DRAFT, TestCourse.TEACHER)
                        .imageId())
                .as("unchanged words keep their picture")
                .isEqualTo(badge.imageId());
    }

    @Test
    void anUploadBelongsToItsInstitutionAndGetsWords() {
        byte[] png = BadgeDrawing.png(images.draw("Any", "#2f6f4f", false));
        long imageId = images.upload(course.tenant, course.id, png, "");
        AchievementVersion badge = achievements.create(
                course.tenant,
                issuer.id(),
                new AchievementDraft("Lab safety", "Works safely", "x", "#1f5f8b", imageId),
                TestCourse.TEACHER);
        TestCourse foreign = TestCourse.in(jdbc);
        Issuer foreignIssuer = issuers.of(foreign.tenant, foreign.id, "Art");

        assertThat(badge.imageId()).isEqualTo(imageId);
        assertThat(images.altTexts(course.tenant, List.of(imageId)))
                .containsEntry(imageId, "Badge: Lab safety. Works safely");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> achievements.create(
                        foreign.tenant,
                        foreignIssuer.id(),
                        new AchievementDraft("Stolen", "x", "x", "#1f5f8b", imageId),
                        TestCourse.TEACHER));
    }
}
