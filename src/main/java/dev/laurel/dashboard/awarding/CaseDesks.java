package dev.laurel.dashboard.awarding;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Reason;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Delegations;
import dev.laurel.criteria.RuleSet;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The desk at which cases of a badge are decided: who may sit there, what she is asked before, and where she is led. */
@Component
class CaseDesks {

    private final Courses courses;

    private final Achievements achievements;

    private final IrreversibleActs acts;

    private final Wording wording;

    CaseDesks(Courses courses, Achievements achievements, IrreversibleActs acts, Wording wording) {
        this.courses = courses;
        this.achievements = achievements;
        this.acts = acts;
        this.wording = wording;
    }

    /** @param instructor whoever sits there */
    record Desk(CourseContext course, RuleSet ruleSet, SignedIn instructor) {

        long person() {
            return instructor.personId();
        }
    }

    Desk desk(@Nullable SignedIn me, long ruleSetId) {
        SignedIn instructor = Allowed.instructor(me);
        CourseContext course = courses.forInstructor(instructor);
        return new Desk(course, courses.badge(course, ruleSetId), instructor);
    }

    /** The one desk at which a teaching assistant may sit, where an instructor let her. */
    Desk reviewing(@Nullable SignedIn me, long ruleSetId) {
        CourseContext course = courses.forStaffWhoMay(me, Delegations.What.REVIEW_CASES);
        return new Desk(course, courses.badge(course, ruleSetId), Allowed.staff(me));
    }

    /** For forms with typed words, which no window of its own asks about. */
    Desk deskInRole(@Nullable SignedIn me, long ruleSetId) {
        Desk desk = desk(me, ruleSetId);
        acts.requireRole(desk.instructor());
        return desk;
    }

    String done(Desk desk, RedirectAttributes redirect, String key, Object... words) {
        redirect.addFlashAttribute("flash", wording.say(key, words));
        return "redirect:" + at(desk.ruleSet());
    }

    String back(Desk desk, RedirectAttributes redirect, String key) {
        redirect.addFlashAttribute("flashProblem", wording.say(key, Reason.LONGEST));
        return "redirect:" + at(desk.ruleSet());
    }

    /** @param typed by the field it was typed in: it stands there again */
    String back(Desk desk, RedirectAttributes redirect, String key, Map<String, String> typed) {
        keep(redirect, typed);
        return back(desk, redirect, key);
    }

    /** The same to the page of one person, where it was typed. */
    String backTo(Desk desk, long personId, RedirectAttributes redirect, String key, Map<String, String> typed) {
        keep(redirect, typed);
        back(desk, redirect, key);
        return "redirect:/badges/" + desk.ruleSet().id() + "/learners/" + personId;
    }

    private static void keep(RedirectAttributes redirect, Map<String, String> typed) {
        redirect.addFlashAttribute("kept", new HashMap<>(typed));
    }

    Act acceptance(AchievementVersion version, RuleSet ruleSet, List<Award> waiting) {
        return new Act(
                at(ruleSet) + "/review/acceptance/" + ShownAwards.mark(waiting),
                wording.say("case.accept.all.title", version.name()),
                wording.say("case.accept.all.what", waiting.size()),
                wording.say("case.accept.all", waiting.size()),
                at(ruleSet));
    }

    Act confirmation(AchievementVersion version, RuleSet ruleSet, HumanDecision read) {
        return new Act(
                at(ruleSet) + "/people/" + read.personId() + "/decisions/" + read.id() + "/confirmation",
                wording.say("case.confirm.title", version.name()),
                wording.say("case.confirm.what"),
                wording.say("case.confirm"),
                at(ruleSet));
    }

    static String at(RuleSet ruleSet) {
        return "/badges/" + ruleSet.id() + "/cases";
    }

    AchievementVersion version(CourseContext course, RuleSet ruleSet) {
        return achievements
                .version(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow(Allowed::notFound);
    }
}
