package dev.laurel.credential;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsReleased;
import dev.laurel.context.TestLaunches;
import dev.laurel.launch.Admission;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Awards in the database, decided as the award module decides them, each test in an institution of its own. */
@Component
public class TestAwards {

    private final Admission.Desk desk;

    private final Achievements achievements;

    private final Issuers issuers;

    private final Awards awards;

    private final JdbcTemplate jdbc;

    private final TransactionTemplate transaction;

    private final ApplicationEventPublisher events;

    TestAwards(
            Admission.Desk desk,
            Achievements achievements,
            Issuers issuers,
            Awards awards,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.desk = desk;
        this.achievements = achievements;
        this.issuers = issuers;
        this.awards = awards;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
    }

    /** A course with an activated badge. */
    public record Course(TenantId tenant, long contextId, long ruleSetId, Issuer issuer, AchievementVersion badge) {}

    public static AchievementDraft draft(String name) {
        return new AchievementDraft(name, "Can write essays.", "At least 80 % in the final quiz.", "#2f6f4e", null);
    }

    public Course course(AchievementDraft draft) {
        return course(draft, null);
    }

    public Course course(AchievementDraft draft, @Nullable URI lineitems) {
        TenantId tenant = new TenantId(ThreadLocalRandom.current().nextLong(1_000, 1L << 50));
        Admission teacher =
                admit(TestLaunches.learner(tenant.value(), "teacher").services(lineitems, null));
        long contextId = teacher.contextId() == null ? 0 : teacher.contextId();
        return courseAt(tenant, contextId, draft, teacher.personId());
    }

    /** An activated badge in a course that is there already. */
    public Course courseAt(TenantId tenant, long contextId, AchievementDraft draft, long teacher) {
        Issuer issuer = issuers.of(tenant, contextId, "Badges 101");
        AchievementVersion version = achievements.create(tenant, issuer.id(), draft, teacher);
        achievements.activate(tenant, version.achievementId(), version.version(), teacher);
        return new Course(tenant, contextId, 77, issuer, version);
    }

    /** The institution gets a name that says where to ask about badges. */
    public void reachable(TenantId tenant, String email) {
        Issuer college = issuers.createForInstitution(tenant, "College", 1);
        issuers.describe(
                tenant, college.id(), college.name(), new IssuerDetails(null, email, null, null, null, null), null);
    }

    public long person(Course course, String sub) {
        return admit(TestLaunches.learner(course.tenant().value(), sub)).personId();
    }

    /** From now on the LMS calls this person so; where it tells no name it tells no address either. */
    public long rename(Course course, String sub, @Nullable String name) {
        return admit(TestLaunches.learner(course.tenant().value(), sub).named(name))
                .personId();
    }

    private Admission admit(TestLaunches launch) {
        Admission admission = transaction.execute(status -> desk.admit(launch.build()));
        if (admission == null) {
            throw new IllegalStateException("Not admitted");
        }
        return admission;
    }

    public Award decide(Course course, long personId) {
        return decide(course, List.of(personId)).get(0);
    }

    /** For people whom the LMS names so. */
    public List<Award> decide(Course course, String... subs) {
        return decide(course, Stream.of(subs).map(sub -> person(course, sub)).toList());
    }

    /** In one transaction: the rows and the event. */
    public List<Award> decide(Course course, List<Long> personIds) {
        List<Award> decided = transaction.execute(status -> {
            List<Award> added = add(course, personIds);
            events.publishEvent(new AwardsReleased(course.tenant(), added));
            return added;
        });
        return decided == null ? List.of() : decided;
    }

    /** With everything that a credential can say: a tier, an end, and the hash of a decision record. */
    public Award decideWithEverything(Course course, long personId, Instant validUntil) {
        return transaction.execute(status -> {
            Award added = add(course, List.of(personId)).get(0);
            jdbc.update(
                    "UPDATE award SET level_rank = 2, level_names = ?, valid_until = ?, renew_from = decided_at WHERE id = ?",
                    "[\"Proficient\",\"Mastered „漢字”\"]",
                    Utc.of(validUntil),
                    added.id());
            jdbc.update(
                    "INSERT INTO decision_record (tenant_id, public_id, facts, hash, created_at) VALUES (?, ?, '{}', ?, NOW(6))",
                    course.tenant().value(),
                    added.publicId().toString(),
                    "0a".repeat(32));
            Award award = awards.find(course.tenant(), added.id()).orElseThrow();
            events.publishEvent(new AwardsReleased(course.tenant(), List.of(award)));
            return award;
        });
    }

    /** The rows alone. */
    public List<Award> add(Course course, List<Long> personIds) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).withNano(0);
        List<Object[]> rows = new ArrayList<>();
        for (long personId : personIds) {
            rows.add(new Object[] {
                course.tenant().value(),
                personId,
                course.badge().achievementId(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                course.badge().version(),
                course.contextId(),
                course.ruleSetId(),
                Reference.next().value(),
                now,
                now
            });
        }
        jdbc.batchUpdate("""
                INSERT INTO award (tenant_id, person_id, achievement_id, occurrence, public_id, subject_id,
                    achievement_version, context_id, rule_set_id, rule_set_version, reference, decided_at, released_at)
                VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, 1, ?, ?, ?)""", rows);
        return awards.ofRuleSet(course.tenant(), course.ruleSetId()).stream()
                .filter(award -> personIds.contains(award.personId())
                        && award.achievementId() == course.badge().achievementId())
                .toList();
    }
}
