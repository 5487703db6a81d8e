package dev.laurel.criteria;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.SectionsRenamed;
import dev.laurel.criteria.rule.Audience;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Criteria texts that only say the rule go on saying it when sections are called otherwise: in a next version of the badge,
 * with the same rule. Whoever has the badge keeps the version she has, and what it said.
 */
@Component
class FollowingWords {

    static final String JOB = "criteria-follow-words";

    /** A name that was given while the text was written was not compared with it, and is known by then. */
    private static final Duration LOOKED_AT_AGAIN = Duration.ofMinutes(1);

    private final RuleSetRepository ruleSets;

    private final RuleSets desk;

    private final LearnerEvaluator evaluator;

    private final RuleTexts texts;

    private final Achievements achievements;

    private final Issuers issuers;

    private final Jobs jobs;

    private final Clock clock;

    FollowingWords(
            RuleSetRepository ruleSets,
            RuleSets desk,
            LearnerEvaluator evaluator,
            RuleTexts texts,
            Achievements achievements,
            Issuers issuers,
            Jobs jobs,
            Clock clock) {
        this.ruleSets = ruleSets;
        this.desk = desk;
        this.evaluator = evaluator;
        this.texts = texts;
        this.achievements = achievements;
        this.issuers = issuers;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Only what they were called tells which texts say the rule, so that is found out here; the rest is the job's. */
    @EventListener
    void on(SectionsRenamed renamed) {
        TenantId tenant = renamed.tenant();
        List<RuleSet> about = ruleSets.ofContext(tenant, renamed.contextId()).stream()
                .filter(ruleSet -> !Collections.disjoint(
                        Audience.of(ruleSet.rule()), renamed.before().keySet()))
                .toList();
        if (about.isEmpty()) {
            return;
        }
        CourseFacts before = evaluator
                .facts(
                        tenant,
                        renamed.contextId(),
                        about.stream().map(RuleSet::rule).toList())
                .withSections(renamed.before());
        Map<AchievementVersion.Key, AchievementVersion> badges =
                achievements.versions(tenant, about.stream().map(RuleSet::badge).toList());
        for (RuleSet each : about) {
            AchievementVersion said = badges.get(each.badge());
            if (said != null && texts.says(each.rule(), before, said.criteria())) {
                jobs.schedule(JOB, tenant, subject(each), clock.millis());
            }
        }
    }

    /** The job: the text of a rule set that only said its rule in this version; of a later one it is not known. */
    @Transactional
    void run(TenantId tenant, String subject) {
        int at = subject.indexOf('@');
        int version = Integer.parseInt(subject.substring(at + 1));
        ruleSets.findForUpdate(tenant, Long.parseLong(subject.substring(0, at)))
                .filter(ruleSet -> ruleSet.version() == version && mayFollow(tenant, ruleSet))
                .ifPresent(ruleSet -> follow(tenant, ruleSet));
    }

    /** Other courses that give the badge would say it of sections that are not theirs. */
    private boolean mayFollow(TenantId tenant, RuleSet ruleSet) {
        return !ruleSet.isRetired()
                && !ruleSets.isShared(tenant, ruleSet)
                && issuers.maySpeak(tenant, ruleSet.achievementId(), ruleSet.contextId());
    }

    private void follow(TenantId tenant, RuleSet ruleSet) {
        AchievementVersion before = achievements
                .version(tenant, ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow();
        AchievementDraft words = new AchievementDraft(
                before.name(),
                before.description(),
                texts.sentence(tenant, ruleSet.contextId(), ruleSet.rule()),
                before.colour(),
                before.imageId(),
                before.worth());
        long author = ruleSets.author(tenant, ruleSet);
        AchievementVersion after = achievements.edit(tenant, ruleSet.badge(), words, author);
        RuleSet following = after.version() == ruleSet.achievementVersion()
                ? ruleSet
                : desk.reword(tenant, ruleSet, after.version(), author);
        if (!after.criteria().equals(before.criteria())) {
            Instant now = clock.instant();
            jobs.scheduleAt(JOB, tenant, subject(following), now.toEpochMilli(), now.plus(LOOKED_AT_AGAIN));
        }
    }

    private static String subject(RuleSet ruleSet) {
        return ruleSet.id() + "@" + ruleSet.version();
    }
}
