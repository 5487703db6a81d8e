package dev.laurel.platform;

import dev.laurel.platform.tenant.TenantId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether deployments may launch, for which institution, and who may say so. */
@Component
public class Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);

    private final PlatformRepository repository;

    private final PlatformCache cache;

    private final DeploymentVoucher voucher;

    Approvals(PlatformRepository repository, PlatformCache cache, DeploymentVoucher voucher) {
        this.repository = repository;
        this.cache = cache;
        this.voucher = voucher;
    }

    /**
     * What an institution's own administrator may approve: deployments that wait on a server of that institution alone, and
     * that the platform says are of the same institution as one that launches for it already. Where customers of a vendor
     * share an issuer, or the platform does not say, only the operator can tell whose a deployment is.
     */
    public List<Deployment> approvableBy(TenantId tenant) {
        List<Deployment> all = repository.deployments();
        Set<Long> own = cache.registrations().stream()
                .filter(registration -> registration.active() && !registration.isShared())
                .map(Registration::id)
                .filter(id -> all.stream().anyMatch(d -> d.registrationId() == id && tenant.equals(d.tenant())))
                .filter(id -> all.stream()
                        .filter(d -> d.registrationId() == id)
                        .allMatch(d -> d.tenant() == null || tenant.equals(d.tenant())))
                .collect(Collectors.toSet());
        return all.stream()
                .filter(d -> d.status() == Deployment.Status.PENDING && own.contains(d.registrationId()))
                .filter(waiting -> all.stream()
                        .filter(d -> d.registrationId() == waiting.registrationId())
                        .filter(d -> d.status() == Deployment.Status.ACTIVE && tenant.equals(d.tenant()))
                        .map(d -> d.seen().platformGuid())
                        .anyMatch(guid ->
                                guid != null && guid.equals(waiting.seen().platformGuid())))
                .toList();
    }

    /** Lets a deployment launch for the tenant of this name, which is created where it is missing. */
    @Transactional
    public void approve(long deploymentPk, String tenantName) {
        TenantId tenant = repository.tenant(tenantName.strip());
        repository.activate(deploymentPk, tenant);
        LOG.info("Deployment {} approved for tenant {}", deploymentPk, tenant);
        cache.forget();
    }

    /** Refuses further launches from a deployment. Nothing is deleted. */
    public void disable(long deploymentPk) {
        repository.disable(deploymentPk);
        cache.forget();
    }

    /** The deployments that one which waits may be under a new id; the one that launched last is first. */
    public List<Deployment> mayHaveBeen(Deployment waiting) {
        boolean shared = cache.registration(waiting.registrationId())
                .map(Registration::isShared)
                .orElse(true);
        return repository.deploymentsOf(waiting.registrationId()).stream()
                .filter(former -> former.mayBe(waiting, shared))
                .sorted(Comparator.comparing(
                        former -> former.seen().lastAt(), Comparator.nullsLast(Comparator.reverseOrder())))
                .toList();
    }

    /**
     * What waits is a deployment from before, which was removed from the platform and installed again: it goes on under
     * the new id, with its institution and its courses, and no launch comes under the old one.
     *
     * @throws IllegalArgumentException where it cannot be, because one of the two was decided on or launched meanwhile
     */
    @Transactional
    public void approveAs(long waitingPk, long formerPk) {
        // A launch or a decision at the same moment is before this one, and counts, or waits for its end.
        repository.lock(waitingPk, formerPk);
        Deployment waiting = repository
                .deployment(waitingPk)
                .orElseThrow(() -> new IllegalArgumentException("Deployment " + waitingPk + " does not wait"));
        Deployment former = mayHaveBeen(waiting).stream()
                .filter(each -> each.pk() == formerPk)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Deployment " + waitingPk + " cannot be deployment " + formerPk + " of before"));
        comeBack(former, waiting.deploymentId());
        cache.forget();
    }

    /**
     * Whether the first deployment of a registration is one that an operator's link vouches for; it may launch then, see
     * {@link Platforms#deployment(Registration, String, String)}.
     */
    boolean letIn(Registration registration, Deployment first, String platformGuid) {
        List<Deployment> others = repository.deploymentsOf(registration.id()).stream()
                .filter(each -> each.pk() != first.pk())
                .toList();
        if (others.size() > 1 || !others.stream().allMatch(Deployment::leftBehind)) {
            return false;
        }
        TenantId tenant = voucher.vouch(registration, platformGuid).orElse(null);
        if (tenant == null) {
            return false;
        }
        if (others.isEmpty()) {
            repository.activate(first.pk(), tenant);
        } else {
            Deployment former = others.get(0);
            if (former.status() != Deployment.Status.ACTIVE
                    || !tenant.equals(former.tenant())
                    || !platformGuid.equals(former.seen().platformGuid())) {
                return false;
            }
            comeBack(former, first.deploymentId());
        }
        cache.forget();
        return true;
    }

    private void comeBack(Deployment former, String deploymentId) {
        repository.rename(former, deploymentId);
        LOG.info("Deployment {} of tenant {} goes on under a new id", former.pk(), former.tenant());
    }
}
