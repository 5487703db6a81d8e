package dev.laurel.dashboard.badge;

import dev.laurel.achievement.BadgeImages;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.Copies;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.dashboard.home.LaunchTarget;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Whose a badge picture is: a draft of one course is nothing that another course sees or uses. */
@Component
class Pictures {

    private final BadgeImages images;

    private final RuleSets ruleSets;

    private final Awards awards;

    private final Contexts contexts;

    private final LaunchTarget target;

    private final Copies copies;

    Pictures(
            BadgeImages images,
            RuleSets ruleSets,
            Awards awards,
            Contexts contexts,
            LaunchTarget target,
            Copies copies) {
        this.images = images;
        this.ruleSets = ruleSets;
        this.awards = awards;
        this.contexts = contexts;
        this.target = target;
        this.copies = copies;
    }

    /** Whether a badge of this course may show the picture. */
    boolean isOf(CourseContext course, long imageId) {
        return isOf(course.tenant(), course.id(), imageId);
    }

    /** Staff see the pictures of their course; learners those of badges that they have or can earn. */
    boolean isFor(SignedIn me, long imageId) {
        if (me.isStaff() && isOf(me.tenant(), me.requireContextId(), imageId)) {
            return true;
        }
        Set<Long> shownBy = images.shownBy(me.tenant(), imageId);
        if (shownBy.isEmpty()) {
            return false;
        }
        return awards.ofPerson(me.tenant(), me.personId()).stream()
                        .map(Award::achievementId)
                        .anyMatch(shownBy::contains)
                || ((me.isLearner() || target.mayObserve(me))
                        && courses(me)
                                .flatMap(course -> ruleSets.ofContext(me.tenant(), course).stream())
                                .filter(ruleSet -> ruleSet.status() != RuleSet.Status.DRAFT)
                                .map(RuleSet::achievementId)
                                .anyMatch(shownBy::contains))
                || (me.isInstructor() && isOfSource(me, shownBy));
    }

    /** A badge that could be taken over is shown to whoever could do it. */
    private boolean isOfSource(SignedIn me, Set<Long> shownBy) {
        List<Long> sources = Stream.concat(
                        copies.origins(me.tenant(), me.requireContextId()).stream(),
                        copies.othersTaughtBy(me.tenant(), me.personId(), me.requireContextId()).stream())
                .map(CourseContext::id)
                .distinct()
                .toList();
        return ruleSets.ofContexts(me.tenant(), sources).stream()
                .map(RuleSet::achievementId)
                .anyMatch(shownBy::contains);
    }

    private boolean isOf(TenantId tenant, long contextId, long imageId) {
        Set<Long> shownBy = images.shownBy(tenant, imageId);
        return images.uploadedIn(tenant, imageId)
                        .filter(course -> course == contextId)
                        .isPresent()
                || ruleSets.ofContext(tenant, contextId).stream()
                        .map(RuleSet::achievementId)
                        .anyMatch(shownBy::contains);
    }

    private Stream<Long> courses(SignedIn me) {
        return Stream.concat(
                        Stream.of(me.requireContextId()),
                        contexts.ofPerson(me.tenant(), me.personId()).stream().map(CourseContext::id))
                .distinct();
    }
}
