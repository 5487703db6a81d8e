package dev.laurel.dashboard.institution;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.criteria.RuleSets;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What somebody said of what was worked out about her, and what she was answered. */
@Component
class OwnQuestions {

    private final Questions questions;

    private final RuleSets ruleSets;

    private final Achievements achievements;

    OwnQuestions(Questions questions, RuleSets ruleSets, Achievements achievements) {
        this.questions = questions;
        this.ruleSets = ruleSets;
        this.achievements = achievements;
    }

    /** @param answer {@code null} while nobody has answered */
    record Asked(
            String badge,
            String words,
            Instant askedAt,
            @Nullable String answer,
            @Nullable Instant answeredAt) {}

    /** Oldest first. */
    List<Asked> of(TenantId tenant, long personId) {
        return questions.ofPerson(tenant, personId).stream()
                .map(each ->
                        new Asked(badge(tenant, each), each.words(), each.askedAt(), each.answer(), each.answeredAt()))
                .toList();
    }

    private String badge(TenantId tenant, Question question) {
        return ruleSets.find(tenant, question.ruleSetId())
                .flatMap(ruleSet -> achievements.version(tenant, ruleSet.achievementId(), ruleSet.achievementVersion()))
                .map(AchievementVersion::name)
                .orElse("–");
    }
}
