package dev.laurel.dashboard.institution;

import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.Approvals;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lets a deployment of this institution's own platform launch; whose any other is, only the operator can tell. */
@Controller
@RequestMapping("/institution/deployments/{pk}")
class DeploymentsController {

    private final Platforms platforms;

    private final Approvals deployments;

    private final DeploymentApprovals approvals;

    private final IrreversibleActs acts;

    private final Wording wording;

    DeploymentsController(
            Platforms platforms,
            Approvals deployments,
            DeploymentApprovals approvals,
            IrreversibleActs acts,
            Wording wording) {
        this.platforms = platforms;
        this.deployments = deployments;
        this.approvals = approvals;
        this.acts = acts;
        this.wording = wording;
    }

    @PostMapping("/approval")
    String approve(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long pk,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        Deployment waiting = approvals.waiting(admin.tenant(), pk);
        acts.requireWishAndRole(request, admin, approvals.act(waiting));
        deployments.approve(waiting.pk(), platforms.tenantName(admin.tenant()));
        redirect.addFlashAttribute("flash", wording.say("institution.pending.approved"));
        return "redirect:/institution";
    }

    /** @param formerPk the place from before that it is */
    @PostMapping("/former/{formerPk}")
    String approveAs(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long pk,
            @PathVariable long formerPk,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn admin = Allowed.institutionAdmin(me);
        Deployment waiting = approvals.waiting(admin.tenant(), pk);
        Deployment former = deployments.mayHaveBeen(waiting).stream()
                .filter(each -> each.pk() == formerPk && admin.tenant().equals(each.tenant()))
                .findFirst()
                .orElseThrow(Allowed::notFound);
        acts.requireWishAndRole(request, admin, approvals.again(waiting, former));
        try {
            deployments.approveAs(waiting.pk(), former.pk());
        } catch (IllegalArgumentException e) {
            throw Allowed.notFound();
        }
        redirect.addFlashAttribute("flash", wording.say("institution.pending.came-back"));
        return "redirect:/institution";
    }
}
