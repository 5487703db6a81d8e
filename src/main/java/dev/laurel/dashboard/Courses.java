package dev.laurel.dashboard;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Delegations;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.gradebook.Sources;
import dev.laurel.launch.session.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The course of a launch and its badges, for those who may see them; everybody else gets 404. */
@Component
public class Courses {

    private final Contexts contexts;

    private final Delegations delegations;

    private final RuleSets ruleSets;

    private final Sources sources;

    Courses(Contexts contexts, Delegations delegations, RuleSets ruleSets, Sources sources) {
        this.contexts = contexts;
        this.delegations = delegations;
        this.ruleSets = ruleSets;
        this.sources = sources;
    }

    public CourseContext forInstructor(@Nullable SignedIn me) {
        return course(Allowed.instructor(me));
    }

    public CourseContext forStaff(@Nullable SignedIn me) {
        return course(Allowed.staff(me));
    }

    /** For instructors, and for teaching assistants whom one of them let do this. */
    public CourseContext forStaffWhoMay(@Nullable SignedIn me, Delegations.What what) {
        if (!may(me, what)) {
            throw Allowed.notFound();
        }
        return forStaff(me);
    }

    public boolean may(@Nullable SignedIn me, Delegations.What what) {
        return me != null
                && me.isStaff()
                && (me.isInstructor() || delegations.may(me.tenant(), me.requireContextId(), me.personId(), what));
    }

    /** Whether it is known who is a teaching assistant: the platform says so, or a reading key did. */
    public boolean knowsAssistants(CourseContext course) {
        return course.tellsAssistants()
                || sources.tellAssistants(course) && contexts.areRolesTold(course.tenant(), course.id());
    }

    /** For anybody in the course. */
    public CourseContext of(@Nullable SignedIn me) {
        if (me == null || me.contextId() == null) {
            throw Allowed.notFound();
        }
        return course(me);
    }

    /** A badge of this course and of no other. */
    public RuleSet badge(CourseContext course, long ruleSetId) {
        return ruleSets.find(course.tenant(), ruleSetId)
                .filter(ruleSet -> ruleSet.contextId() == course.id())
                .orElseThrow(Allowed::notFound);
    }

    private CourseContext course(SignedIn me) {
        return contexts.find(me.tenant(), me.requireContextId()).orElseThrow(Allowed::notFound);
    }
}
