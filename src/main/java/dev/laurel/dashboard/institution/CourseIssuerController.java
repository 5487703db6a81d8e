package dev.laurel.dashboard.institution;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.Authority;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** In whose name a course awards: which badges pause or go on with another one is said before. */
@Controller
@RequestMapping("/institution/courses/{contextId}")
class CourseIssuerController {

    private final Contexts contexts;

    private final Issuers issuers;

    private final Authority authority;

    private final IrreversibleActs acts;

    private final Wording wording;

    CourseIssuerController(
            Contexts contexts, Issuers issuers, Authority authority, IrreversibleActs acts, Wording wording) {
        this.contexts = contexts;
        this.issuers = issuers;
        this.authority = authority;
        this.acts = acts;
        this.wording = wording;
    }

    /** Lets a course speak in the institution's name, or only in its own again ({@code issuerId} 0). */
    @PostMapping("/issuer")
    String grant(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long contextId,
            @RequestParam long issuerId,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        TenantId tenant = admin.tenant();
        CourseContext course = contexts.find(tenant, contextId).orElseThrow(Allowed::notFound);
        if (course.sample() && issuerId != 0) {
            redirect.addFlashAttribute("flashProblem", wording.say("institution.grant.sample", course.title()));
            return "redirect:/institution#courses";
        }
        return "redirect:" + speaking(course, issuer(tenant, issuerId)).path();
    }

    /** The last question before a course speaks in another name. */
    @GetMapping("/issuers/{issuer}")
    String askGrant(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long contextId,
            @PathVariable long issuer,
            Model model) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        CourseContext course = contexts.find(tenant, contextId).orElseThrow(Allowed::notFound);
        model.addAttribute("act", speaking(course, issuer(tenant, issuer)));
        return "launch/confirm-first";
    }

    /** {@code issuer} 0: the course itself. */
    @PostMapping("/issuers/{issuer}")
    String speak(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long contextId,
            @PathVariable("issuer") long issuerId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        TenantId tenant = admin.tenant();
        CourseContext course = contexts.find(tenant, contextId).orElseThrow(Allowed::notFound);
        Issuer issuer = issuer(tenant, issuerId);
        if (course.sample() && issuer != null) {
            throw Allowed.notFound();
        }
        acts.requireWishAndRole(request, admin, speaking(course, issuer));
        if (issuer == null) {
            issuers.withdrawGrant(tenant, contextId, admin.personId());
            redirect.addFlashAttribute("flash", wording.say("institution.grant.withdrawn", course.title()));
        } else {
            issuers.grant(tenant, issuer.id(), contextId, admin.personId());
            redirect.addFlashAttribute("flash", wording.say("institution.grant.given", course.title(), issuer.name()));
        }
        return "redirect:/institution#courses";
    }

    /** {@code null} where a course speaks as itself. */
    private @Nullable Issuer issuer(TenantId tenant, long issuerId) {
        if (issuerId == 0) {
            return null;
        }
        return issuers.ofInstitution(tenant).stream()
                .filter(each -> each.id() == issuerId)
                .findFirst()
                .orElseThrow(Allowed::notFound);
    }

    private Act speaking(CourseContext course, @Nullable Issuer issuer) {
        Authority.Change change =
                authority.change(course.tenant(), course.id(), issuer == null ? null : Long.valueOf(issuer.id()));
        List<String> what = new ArrayList<>();
        what.add(
                issuer == null
                        ? wording.say("institution.grant.withdraw.what")
                        : wording.say("institution.grant.what", issuer.name()));
        if (!change.silenced().isEmpty()) {
            what.add(wording.say("institution.grant.pausing", change.silenced().size()));
        }
        if (!change.resumed().isEmpty()) {
            what.add(wording.say("institution.grant.resuming", change.resumed().size()));
        }
        if (!change.stuck().isEmpty()) {
            what.add(wording.say("institution.grant.stuck", change.stuck().size()));
        }
        return new Act(
                "/institution/courses/" + course.id() + "/issuers/" + (issuer == null ? 0 : issuer.id()),
                wording.say(
                        issuer == null ? "institution.grant.withdraw.title" : "institution.grant.title",
                        course.title()),
                String.join(" ", what),
                wording.say(issuer == null ? "institution.grant.withdraw.button" : "institution.grant.button"),
                "/institution");
    }
}
