package dev.laurel.criteria;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.context.SectionsRenamed;
import dev.laurel.criteria.rule.Audience;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Criteria texts that only say the rule go on saying it when sections are called otherwise: in a next version of the badge,
 * with the same rule. Whoever has the badge keeps the version she has, and what it said.
 */
@Component
class FollowingWords {

    private final RuleSetRepository ruleSets;

    private final LearnerEvaluator evaluator;

    private final RuleTexts texts;

    private final Achievements achievements;

    private final EvaluationQueue queue;

    private final Clock clock;

    FollowingWords(
            RuleSetRepository ruleSets,
            LearnerEvaluator evaluator,
            RuleTexts texts,
            Achievements achievements,
            EvaluationQueue queue,
            Clock clock) {
        this.ruleSets = ruleSets;
        this.evaluator = evaluator;
        this.texts = texts;
        this.achievements = achievements;
        this.queue = queue;
        this.clock = clock;
    }

    @EventListener
    void on(SectionsRenamed renamed) {
        TenantId tenant = renamed.tenant();
        List<RuleSet> about = ruleSets.ofContext(tenant, renamed.contextId()).stream()
                .filter(ruleSet -> !Collections.disjoint(
                        Audience.of(ruleSet.rule()), renamed.before().keySet()))
                .toList();
        for (RuleSet each : about) {
            // Other courses that give the badge would say it of sections that are not theirs.
            if (!ruleSets.isShared(tenant, each)) {
                ruleSets.findForUpdate(tenant, each.id()).ifPresent(ruleSet -> follow(renamed, ruleSet));
            }
        }
    }

    private void follow(SectionsRenamed renamed, RuleSet ruleSet) {
        TenantId tenant = renamed.tenant();
        CourseFacts facts = evaluator.facts(tenant, renamed.contextId(), List.of(ruleSet.rule()));
        AchievementVersion before = achievements
                .version(tenant, ruleSet.achievementId(), ruleSet.achievementVersion())
                .filter(said -> texts.says(ruleSet.rule(), facts.withSections(renamed.before()), said.criteria()))
                .orElse(null);
        if (before == null) {
            return;
        }
        AchievementDraft words = new AchievementDraft(
                before.name(),
                before.description(),
                texts.sentence(ruleSet.rule(), facts),
                before.colour(),
                before.imageId(),
                before.worth());
        long author = ruleSets.author(tenant, ruleSet);
        AchievementVersion version = achievements.edit(tenant, ruleSet.badge(), words, author);
        if (version.version() == ruleSet.achievementVersion()) {
            return;
        }
        achievements.activate(tenant, version.achievementId(), version.version(), author);
        int next = ruleSet.version() + 1;
        ruleSets.insertVersion(tenant, ruleSet.id(), next, version.version(), ruleSet.rule(), author, clock.instant());
        ruleSets.putInForce(tenant, ruleSet.id(), next);
        if (ruleSet.status() == RuleSet.Status.ACTIVE) {
            queue.everybodyUnder(tenant, ruleSet);
        }
    }
}
