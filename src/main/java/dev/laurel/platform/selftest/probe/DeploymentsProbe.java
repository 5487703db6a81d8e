package dev.laurel.platform.selftest.probe;

import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who may launch. Deployments that wait belong to no institution yet, so only the operator hears of them. */
@Component
class DeploymentsProbe implements Probe {

    private final Platforms platforms;

    DeploymentsProbe(Platforms platforms) {
        this.platforms = platforms;
    }

    @Override
    public Set<Check> checks() {
        return Set.of(Check.DEPLOYMENTS);
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        List<Deployment> theirs = platforms.deployments().stream()
                .filter(each -> each.registrationId() == subject.registration().id())
                .filter(each -> subject.forOperator()
                        || subject.tenants().stream().anyMatch(tenant -> tenant.equals(each.tenant())))
                .toList();
        long pending = count(theirs, Deployment.Status.PENDING);
        long active = count(theirs, Deployment.Status.ACTIVE);
        if (!subject.registration().active()) {
            return Finding.of(check, "disabled");
        }
        if (pending > 0) {
            return Finding.of(check, "pending", pending, active);
        }
        if (active > 0) {
            return Finding.of(check, "active", active);
        }
        return Finding.of(check, theirs.isEmpty() ? "none" : "disabled");
    }

    private static long count(List<Deployment> deployments, Deployment.Status status) {
        return deployments.stream().filter(each -> each.status() == status).count();
    }
}
