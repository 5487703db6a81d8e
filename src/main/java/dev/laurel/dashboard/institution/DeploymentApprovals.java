package dev.laurel.dashboard.institution;

import dev.laurel.dashboard.Allowed;
import dev.laurel.launch.confirm.Act;
import dev.laurel.platform.Approvals;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import java.util.List;
import org.springframework.stereotype.Component;

/** What an administrator may decide about a deployment of the institution's own platform that waits. */
@Component
class DeploymentApprovals {

    private final Approvals approvals;

    private final Wording wording;

    DeploymentApprovals(Approvals approvals, Wording wording) {
        this.approvals = approvals;
        this.wording = wording;
    }

    /** The deployment, where it waits for this institution; whose any other is, only the operator can tell. */
    Deployment waiting(TenantId tenant, long pk) {
        return approvals.approvableBy(tenant).stream()
                .filter(deployment -> deployment.pk() == pk)
                .findFirst()
                .orElseThrow(Allowed::notFound);
    }

    /** It is a further place. */
    Act act(Deployment waiting) {
        return new Act(
                path(waiting) + "/approval",
                wording.say("institution.pending.title", waiting.deploymentId()),
                wording.say("institution.pending.what"),
                wording.say("institution.pending.button"),
                "/institution");
    }

    /** It is one of the places from before, for each that it may be. */
    List<Act> again(Deployment waiting) {
        return approvals.mayHaveBeen(waiting).stream()
                .map(former -> again(waiting, former))
                .toList();
    }

    Act again(Deployment waiting, Deployment former) {
        return new Act(
                path(waiting) + "/former/" + former.pk(),
                wording.say("institution.pending.again.title", waiting.deploymentId(), former.deploymentId()),
                wording.say("institution.pending.again.what"),
                wording.say("institution.pending.again", former.deploymentId()),
                "/institution");
    }

    private static String path(Deployment waiting) {
        return "/institution/deployments/" + waiting.pk();
    }
}
