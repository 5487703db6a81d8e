package dev.laurel.dashboard.home;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.ObserverPolicy;
import dev.laurel.criteria.RuleSet;
import dev.laurel.dashboard.Pages;
import dev.laurel.dashboard.deeplinking.DeepLinks;
import dev.laurel.launch.Admission;
import dev.laurel.launch.Launches;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tool.LtiMessage;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Where a launch leads that is about something: the picker, a badge, a student, what is stored about somebody. */
@Component
public class LaunchTarget {

    private final Launches launches;

    private final Contexts contexts;

    private final ObserverPolicy observers;

    private final DeepLinks links;

    private final Awards awards;

    LaunchTarget(Launches launches, Contexts contexts, ObserverPolicy observers, DeepLinks links, Awards awards) {
        this.launches = launches;
        this.contexts = contexts;
        this.observers = observers;
        this.links = links;
        this.awards = awards;
    }

    /** Empty where the page of the role is the right one. */
    Optional<String> path(SignedIn me) {
        return launches.find(me.tenant(), me.launchId()).flatMap(launch -> path(me, launch));
    }

    private Optional<String> path(SignedIn me, Launches.Stored launch) {
        Optional<LtiMessage> message = LtiMessage.of(launch.messageType());
        if (message.equals(Optional.of(LtiMessage.DEEP_LINKING))) {
            return Optional.of(Pages.DEEP_LINKING);
        }
        if (message.equals(Optional.of(LtiMessage.DATA_PRIVACY))) {
            return Optional.of(Pages.PRIVACY);
        }
        if (me.contextId() == null) {
            return Optional.empty();
        }
        if (launch.aboutPersonId() != null || message.equals(Optional.of(LtiMessage.SUBMISSION_REVIEW))) {
            return Optional.of(person(me, launch));
        }
        UUID badgeId = launch.badgeId();
        if (badgeId != null && (me.isStaff() || me.isLearner())) {
            return contexts.find(me.tenant(), me.requireContextId()).map(course -> badge(me, course, badgeId));
        }
        return mayObserve(me) ? Optional.of(Pages.OBSERVED) : Optional.empty();
    }

    /** An observer of a course, where the institution lets them see something. */
    public boolean mayObserve(SignedIn me) {
        return me.contextId() != null
                && me.roles().contains(Role.OBSERVER)
                && !me.isStaff()
                && observers.isAllowed(me.tenant());
    }

    private String person(SignedIn me, Launches.Stored launch) {
        Long about = launch.aboutPersonId();
        if (about == null || about == Admission.UNKNOWN_PERSON) {
            return Pages.UNKNOWN_LEARNER;
        }
        if (me.isLearner()) {
            return about == me.personId() ? HomeController.pageOfRole(me) : Pages.UNKNOWN_LEARNER;
        }
        boolean isHere =
                contexts.member(me.tenant(), me.requireContextId(), about).isPresent();
        return me.isStaff() && isHere ? Pages.LEARNERS + "/" + about : Pages.UNKNOWN_LEARNER;
    }

    /** A link that was made for one badge; where the course does not have it (any more), its overview says so. */
    private String badge(SignedIn me, CourseContext course, UUID badgeId) {
        Optional<RuleSet> found = links.badge(course, badgeId).map(DeepLinks.Badge::ruleSet);
        if (found.isEmpty()) {
            return HomeController.pageOfRole(me) + "?link=unknown";
        }
        RuleSet ruleSet = found.get();
        if (me.isStaff()) {
            return "/badges/" + ruleSet.id();
        }
        if (ruleSet.status() == RuleSet.Status.DRAFT) {
            return HomeController.pageOfRole(me) + "?link=draft";
        }
        // One that was taken back leads to what is missing, unless nothing can be earned any more.
        return awards.ofPerson(me.tenant(), me.personId()).stream()
                .filter(award -> award.achievementId() == ruleSet.achievementId())
                .filter(award -> award.revokedAt() == null || ruleSet.isRetired())
                .findFirst()
                .map(Award::id)
                .map(id -> "/my/badges/" + id)
                .orElseGet(() -> ruleSet.isRetired()
                        ? HomeController.pageOfRole(me) + "?link=unknown"
                        : "/badges/" + ruleSet.id() + "/learners/" + me.personId());
    }
}
