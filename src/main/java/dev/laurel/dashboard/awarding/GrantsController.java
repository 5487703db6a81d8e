package dev.laurel.dashboard.awarding;

import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.award.Reason;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.grant.HeldElsewhereException;
import dev.laurel.award.grant.LevelGoneException;
import dev.laurel.award.grant.NoLongerGivenException;
import dev.laurel.award.grant.SamePersonException;
import dev.laurel.award.grant.WithheldException;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.award.question.UnansweredException;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.Typed;
import dev.laurel.dashboard.explain.Rules;
import dev.laurel.dashboard.explain.Say;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What an instructor decides about one person: the badge given by hand, or an exception. Her words are read by the student. */
@Controller
@RequestMapping("/badges/{ruleSetId}/cases/people/{personId}")
class GrantsController {

    private final CaseDesks desks;

    private final Grants grants;

    private final HumanDecisions humanDecisions;

    private final Awards awards;

    private final Questions questions;

    private final IrreversibleActs acts;

    private final Names names;

    private final Say say;

    GrantsController(
            CaseDesks desks,
            Grants grants,
            HumanDecisions humanDecisions,
            Awards awards,
            Questions questions,
            IrreversibleActs acts,
            Names names,
            Say say) {
        this.desks = desks;
        this.grants = grants;
        this.humanDecisions = humanDecisions;
        this.awards = awards;
        this.questions = questions;
        this.acts = acts;
        this.names = names;
        this.say = say;
    }

    /**
     * Gives the badge by hand, or makes an exception of somebody who has it.
     *
     * @param level by its name, which is the same one if the levels were changed since the page was opened
     */
    @PostMapping("/grant")
    String give(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long personId,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String evidence,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String level,
            RedirectAttributes redirect) {
        CaseDesks.Desk desk = desks.deskInRole(me, ruleSetId);
        Map<String, String> typed =
                Map.of("grant-reason", reason, "evidence", evidence, "address", address, "level", level);
        if (!Reason.isOne(reason)) {
            return desks.backTo(desk, personId, redirect, "case.bad.reason", typed);
        }
        if (!address.isBlank() && !Grant.isWebAddress(address)) {
            return desks.backTo(desk, personId, redirect, "case.bad.address", typed);
        }
        List<String> levels = Rules.levels(desk.ruleSet().rule());
        if (!(levels.isEmpty() ? level.isEmpty() : levels.contains(level))) {
            return desks.backTo(desk, personId, redirect, "case.bad.level", typed);
        }
        if (Typed.text(evidence).length() > Grant.LONGEST_TEXT) {
            return desks.backTo(desk, personId, redirect, "case.bad.evidence", typed);
        }
        try {
            grants.give(
                    desk.course().tenant(),
                    desk.ruleSet(),
                    personId,
                    new Grant(reason, evidence, address, Math.max(Grant.LOWEST, levels.indexOf(level) + 1)),
                    desk.person());
        } catch (AwardNotFoundException e) {
            throw Allowed.notFound();
        } catch (LevelGoneException e) {
            return desks.backTo(desk, personId, redirect, "case.bad.level", typed);
        } catch (NoLongerGivenException e) {
            return desks.backTo(desk, personId, redirect, "case.no-longer", typed);
        } catch (WithheldException e) {
            return desks.backTo(desk, personId, redirect, "case.bad.withheld", typed);
        } catch (HeldElsewhereException e) {
            return desks.backTo(desk, personId, redirect, "case.bad.elsewhere", typed);
        }
        return desks.done(
                desk,
                redirect,
                grants.takesTwo(desk.course().tenant(), desk.ruleSet()) ? "case.given.first" : "case.given");
    }

    /** @param decisionId what the second person read */
    @PostMapping("/decisions/{decisionId}/confirmation")
    String confirm(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long personId,
            @PathVariable long decisionId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        CaseDesks.Desk desk = desks.desk(me, ruleSetId);
        Optional<HumanDecision> read = standing(desk, personId, decisionId);
        if (read.isEmpty()) {
            return desks.back(desk, redirect, "case.bad.changed");
        }
        acts.requireWishAndRole(
                request,
                desk.instructor(),
                desks.confirmation(desks.version(desk.course(), desk.ruleSet()), desk.ruleSet(), read.get()));
        try {
            grants.confirm(desk.course().tenant(), desk.ruleSet(), read.get(), desk.person());
            return desks.done(desk, redirect, "case.given");
        } catch (SamePersonException e) {
            return desks.back(desk, redirect, "case.bad.same");
        } catch (LevelGoneException e) {
            return desks.back(desk, redirect, "case.bad.level-gone");
        } catch (NoLongerGivenException e) {
            return desks.back(desk, redirect, "case.no-longer");
        } catch (HeldElsewhereException e) {
            return desks.back(desk, redirect, "case.bad.elsewhere");
        } catch (AwardNotFoundException e) {
            return desks.back(desk, redirect, "case.bad.changed");
        }
    }

    /**
     * @param decisionId what whoever ends it read
     * @param counts whether it counted then, or waited for its second person
     */
    @PostMapping("/decisions/{decisionId}/end")
    String letTheRuleDecide(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long personId,
            @PathVariable long decisionId,
            @RequestParam(defaultValue = "true") boolean counts,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        CaseDesks.Desk desk = desks.deskInRole(me, ruleSetId);
        if (!Reason.isOne(reason)) {
            Map<String, String> typed = Map.of("end-" + decisionId, reason, "second-end-" + decisionId, reason);
            return desks.back(desk, redirect, "case.bad.reason", typed);
        }
        Optional<HumanDecision> read =
                standing(desk, personId, decisionId).filter(decision -> decision.counts() == counts);
        if (read.isEmpty()) {
            return desks.back(desk, redirect, "case.bad.changed");
        }
        try {
            grants.letTheRuleDecide(desk.course().tenant(), desk.ruleSet(), read.get(), reason, desk.person());
        } catch (AwardNotFoundException e) {
            return desks.back(desk, redirect, "case.bad.changed");
        }
        return desks.done(desk, redirect, "case.rule-again");
    }

    /**
     * Takes back what she read that somebody has, once she was asked.
     *
     * @param sure she was
     * @param read she was shown that the student asks about it, and what: the reason is the answer
     */
    @PostMapping("/awards/{awardId}/withdrawal")
    String takeBack(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long personId,
            @PathVariable long awardId,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean sure,
            @RequestParam(defaultValue = "false") boolean read,
            Model model,
            RedirectAttributes redirect) {
        CaseDesks.Desk desk = desks.deskInRole(me, ruleSetId);
        if (!Reason.isOne(reason)) {
            return desks.backTo(desk, personId, redirect, "case.bad.reason", Map.of("withdrawal-reason", reason));
        }
        TenantId tenant = desk.course().tenant();
        Award award = awards.ofRuleSet(tenant, ruleSetId, personId).stream()
                .filter(each -> each.revokedAt() == null)
                .findFirst()
                .orElse(null);
        if (award == null || award.id() != awardId) {
            return desks.back(desk, redirect, "case.bad.changed");
        }
        if (!sure) {
            return askBefore(desk, award, reason, false, model);
        }
        try {
            grants.takeBack(tenant, ruleSetId, awardId, reason, desk.person(), read);
        } catch (UnansweredException e) {
            return askBefore(desk, award, reason, true, model);
        } catch (AwardNotFoundException e) {
            return desks.back(desk, redirect, "case.bad.changed");
        }
        return desks.done(desk, redirect, "case.taken-back", say.isolated(names.of(tenant, personId)));
    }

    /** @param again the student has asked something since she was asked before */
    private String askBefore(CaseDesks.Desk desk, Award award, String reason, boolean again, Model model) {
        TenantId tenant = desk.course().tenant();
        model.addAttribute("ruleSet", desk.ruleSet());
        model.addAttribute("version", desks.version(desk.course(), desk.ruleSet()));
        model.addAttribute("award", award);
        model.addAttribute("before", grants.levelBefore(tenant, award).orElse(null));
        model.addAttribute("who", say.isolated(names.of(tenant, award.personId())));
        model.addAttribute("reason", reason);
        model.addAttribute(
                "asked",
                questions
                        .latest(tenant, award.ruleSetId(), award.personId())
                        .filter(question -> question.answeredAt() == null)
                        .map(Question::words)
                        .orElse(null));
        model.addAttribute("again", again);
        return "dashboard/take-back";
    }

    /** A decision about somebody, where it is still the one in force. */
    private Optional<HumanDecision> standing(CaseDesks.Desk desk, long personId, long decisionId) {
        return humanDecisions
                .find(desk.course().tenant(), desk.ruleSet().id(), personId)
                .filter(decision -> decision.id() == decisionId);
    }
}
