package dev.laurel.platform;

import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Registrations, deployments and the tenants they belong to. What another node changes is seen here within
 * {@link #FRESH}.
 */
@Component
public class Platforms {

    private static final Logger LOG = LoggerFactory.getLogger(Platforms.class);

    /** For how long what was read is used again. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** An unknown registration may have been added a moment ago; a flood of made-up ones must not reach the database. */
    private static final Duration FRESH_FOR_MISSES = Duration.ofSeconds(1);

    /** How exactly it is known when a deployment launched last. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(5);

    private static final int CACHED_DEPLOYMENTS = 10_000;

    /** How many deployments of one registration may wait for approval; more of them are not noted down. */
    private static final int MOST_PENDING = 500;

    private final PlatformRepository repository;

    private final DeploymentVoucher voucher;

    private final Clock clock;

    private final Map<DeploymentKey, CachedDeployment> deployments = new ConcurrentHashMap<>();

    private final Map<TenantId, String> tenantNames = new ConcurrentHashMap<>();

    private volatile @Nullable Snapshot snapshot;

    Platforms(PlatformRepository repository, DeploymentVoucher voucher, Clock clock) {
        this.repository = repository;
        this.voucher = voucher;
        this.clock = clock;
    }

    /**
     * The active registration of this issuer and client. A login request may leave {@code clientId} out; then there must be
     * exactly one of the issuer.
     */
    public Optional<Registration> registration(String issuer, @Nullable String clientId) {
        return find(all -> {
            List<Registration> matching = all.stream()
                    .filter(r -> r.active() && r.issuer().equals(issuer))
                    .filter(r -> clientId == null || r.clientId().equals(clientId))
                    .toList();
            return matching.size() == 1 ? Optional.of(matching.get(0)) : Optional.empty();
        });
    }

    public Optional<Registration> registration(long id) {
        return find(all -> all.stream().filter(r -> r.id() == id).findFirst());
    }

    /** Whether people who came this way may stay: neither the registration nor the deployment was switched off. */
    public boolean isOpen(long registrationId, long deploymentPk) {
        return registration(registrationId).filter(Registration::active).isPresent()
                && !fresh(FRESH).suspended().contains(deploymentPk);
    }

    public List<Registration> registrations() {
        return fresh(FRESH).registrations();
    }

    /**
     * The deployment, recorded as pending where it was never seen and not too many wait already (it then has the number
     * 0). Call it only for what a signed token named.
     */
    public Deployment deployment(Registration registration, String deploymentId) {
        DeploymentKey key = new DeploymentKey(registration.id(), deploymentId);
        CachedDeployment cached = deployments.get(key);
        if (cached != null && cached.readAt().plus(FRESH).isAfter(clock.instant())) {
            return cached.deployment();
        }
        Deployment deployment = repository
                .deployment(registration.id(), deploymentId)
                .orElseGet(() -> recordPending(registration, deploymentId));
        if (deployment.status() == Deployment.Status.ACTIVE) {
            if (deployments.size() >= CACHED_DEPLOYMENTS) {
                deployments.clear();
            }
            deployments.put(key, new CachedDeployment(deployment, clock.instant()));
        } else {
            deployments.remove(key);
        }
        return deployment;
    }

    public Optional<Deployment> deployment(long pk) {
        return repository.deployment(pk);
    }

    /** The deployment, where it may launch. Unlike {@link #deployment} it may be asked of anything that a stranger names. */
    public Optional<Deployment> activeDeployment(Registration registration, String deploymentId) {
        return repository
                .deployment(registration.id(), deploymentId)
                .filter(deployment -> deployment.status() == Deployment.Status.ACTIVE);
    }

    /** Somebody launched from a deployment that waits for approval. */
    public void knocked(Deployment pending, Deployment.Seen seen) {
        repository.knocked(pending.pk(), seen);
    }

    /**
     * What an institution's own administrator may approve: deployments that wait on a server of that institution alone, and
     * that the platform says are of the same institution as one that launches for it already. Where customers of a vendor
     * share an issuer, or the platform does not say, only the operator can tell whose a deployment is.
     */
    public List<Deployment> approvableBy(TenantId tenant) {
        List<Deployment> all = repository.deployments();
        Set<Long> own = registrations().stream()
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

    /**
     * The deployment that a launch comes from, like {@link #deployment(Registration, String)}; but the first deployment of
     * a registration that an operator's link made is let in for the institution of that link, where the launch comes from
     * the account that used it. Where the link made an older registration again under another client id, that is the
     * deployment from before, if there was one. Later ones, and those of another account or of none that the platform
     * names, wait for approval.
     *
     * @param platformGuid {@code tool_platform.guid} of the launch
     */
    public Deployment deployment(Registration registration, String deploymentId, @Nullable String platformGuid) {
        Deployment deployment = deployment(registration, deploymentId);
        if (platformGuid != null
                && deployment.status() == Deployment.Status.PENDING
                && letIn(registration, deployment, platformGuid)) {
            deployment = deployment(registration, deploymentId);
        }
        return seen(deployment, registration, platformGuid);
    }

    private boolean letIn(Registration registration, Deployment first, String platformGuid) {
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
        forget();
        return true;
    }

    /**
     * Keeps that a deployment launches, and what the platform calls its institution the first time that it says so. It is
     * how a deployment that lives is told from one that was removed.
     */
    private Deployment seen(Deployment deployment, Registration registration, @Nullable String platformGuid) {
        if (deployment.status() != Deployment.Status.ACTIVE) {
            return deployment;
        }
        Instant notSince = clock.instant().minus(SEEN_EVERY);
        Instant lastAt = deployment.seen().lastAt();
        boolean unseen = lastAt == null || !lastAt.isAfter(notSince) || deployment.leftBehind();
        String name = deployment.seen().platformGuid() == null
                        && platformGuid != null
                        && platformGuid.length() <= Deployment.Seen.LONGEST_GUID
                ? platformGuid
                : null;
        if (!unseen && name == null) {
            return deployment;
        }
        if (unseen) {
            repository.launched(deployment.pk(), notSince);
        }
        if (name != null) {
            repository.setGuid(deployment.pk(), name);
        }
        deployments.remove(new DeploymentKey(registration.id(), deployment.deploymentId()));
        return deployment(registration, deployment.deploymentId());
    }

    /** The deployments that one which waits may be under a new id; the one that launched last is first. */
    public List<Deployment> mayHaveBeen(Deployment waiting) {
        boolean shared = registration(waiting.registrationId())
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
        forget();
    }

    private void comeBack(Deployment former, String deploymentId) {
        repository.rename(former, deploymentId);
        LOG.info("Deployment {} of tenant {} goes on under a new id", former.pk(), former.tenant());
    }

    /** Every deployment, pending ones first. */
    public List<Deployment> deployments() {
        return repository.deployments();
    }

    public List<Tenant> tenants() {
        return repository.tenants();
    }

    /** The tenant of this name, which is created where it is missing. */
    public TenantId tenantNamed(String name) {
        return repository.tenant(name);
    }

    public String tenantName(TenantId tenant) {
        return tenantNames.computeIfAbsent(
                tenant,
                id -> repository
                        .tenantName(id)
                        .orElseThrow(() -> new IllegalArgumentException("There is no tenant " + id)));
    }

    /**
     * Adds the platform or renews what is known of it; its deployments become active for their tenants, which are created
     * where they are missing.
     *
     * @param fromFile the entry comes from the registrations file and cannot be edited elsewhere
     * @throws IllegalArgumentException where a deployment belongs to another tenant already: its people would change hands
     */
    @Transactional
    public Registration register(RegistrationEntry entry, boolean fromFile) {
        repository.upsert(entry, fromFile);
        Registration registration = repository
                .registration(entry.issuer(), entry.clientId())
                .orElseThrow(() -> new IllegalStateException("The registration was not stored"));
        for (RegistrationEntry.DeploymentEntry wanted : entry.deployments()) {
            repository.recordPending(registration.id(), wanted.id());
            Deployment deployment = repository
                    .deployment(registration.id(), wanted.id())
                    .orElseThrow(() -> new IllegalStateException("The deployment was not stored"));
            TenantId tenant = repository.tenant(wanted.tenant());
            if (deployment.tenant() != null && !deployment.tenant().equals(tenant)) {
                throw new IllegalArgumentException("Deployment " + wanted.id() + " of " + entry.name()
                        + " belongs to \"" + tenantName(deployment.tenant()) + "\" and cannot move to \""
                        + wanted.tenant() + "\"");
            }
            repository.activate(deployment.pk(), tenant);
        }
        forget();
        return registration;
    }

    /** What is stored of this issuer and client, active or not. */
    public Optional<Registration> known(String issuer, String clientId) {
        return repository.registration(issuer, clientId);
    }

    /**
     * Like {@link #register}, for a platform that registered again and may have given us another client id: it stays the
     * registration that it is, with the same people. Where it has one deployment and names a new one, that is the old one
     * under a new id: its courses stay. A platform that names none names it in its first launch.
     *
     * @throws IllegalArgumentException where a deployment belongs to another tenant already
     */
    @Transactional
    public Registration renew(Registration known, RegistrationEntry entry) {
        repository.rekey(known.id(), entry.issuer(), entry.clientId());
        if (!known.clientId().equals(entry.clientId())) {
            repository.leaveBehind(known.id());
        }
        List<Deployment> deployments = repository.deploymentsOf(known.id());
        if (deployments.size() == 1 && entry.deployments().size() == 1) {
            repository.rename(deployments.get(0), entry.deployments().get(0).id());
        }
        return register(entry, false);
    }

    /** Lets a deployment launch for the tenant of this name, which is created where it is missing. */
    @Transactional
    public void approve(long deploymentPk, String tenantName) {
        TenantId tenant = repository.tenant(tenantName.strip());
        repository.activate(deploymentPk, tenant);
        LOG.info("Deployment {} approved for tenant {}", deploymentPk, tenant);
        forget();
    }

    /** Refuses further launches from a deployment. Nothing is deleted. */
    public void disable(long deploymentPk) {
        repository.disable(deploymentPk);
        forget();
    }

    /** Switches a registration on or off; one from the file stays as the file says. */
    public void setActive(long registrationId, boolean active) {
        repository.setActive(registrationId, active);
        forget();
    }

    /** The platform is known to name the history of a course by its registration's own parameter, whatever links have. */
    public void namesHistory(long registrationId) {
        repository.setNamesHistory(registrationId);
    }

    public boolean isNamingHistory(long registrationId) {
        return repository.isNamingHistory(registrationId);
    }

    /** Whether an institution has any platform where people learn, rather than test copies alone. */
    public boolean isReal(TenantId tenant) {
        return repository.deployments().stream()
                .filter(deployment ->
                        deployment.status() == Deployment.Status.ACTIVE && tenant.equals(deployment.tenant()))
                .anyMatch(deployment -> registration(deployment.registrationId())
                        .filter(registration -> registration.active() && !registration.isTestCopy())
                        .isPresent());
    }

    /**
     * Marks a registration as one of a test copy, or as the real one; the file decides for those that it names. What was
     * a sample stays one.
     */
    public void setTestCopy(long registrationId, boolean testCopy) {
        repository.setTestCopy(registrationId, testCopy);
        forget();
    }

    private Deployment recordPending(Registration registration, String deploymentId) {
        if (repository.pending(registration.id()) >= MOST_PENDING) {
            return new Deployment(
                    0,
                    registration.id(),
                    deploymentId,
                    null,
                    Deployment.Status.PENDING,
                    clock.instant(),
                    false,
                    Deployment.Seen.NOTHING);
        }
        repository.recordPending(registration.id(), deploymentId);
        return repository
                .deployment(registration.id(), deploymentId)
                .orElseThrow(() -> new IllegalStateException("The deployment was not recorded"));
    }

    private Optional<Registration> find(Function<List<Registration>, Optional<Registration>> search) {
        Optional<Registration> found = search.apply(fresh(FRESH).registrations());
        return found.isPresent() ? found : search.apply(fresh(FRESH_FOR_MISSES).registrations());
    }

    private Snapshot fresh(Duration age) {
        Snapshot known = snapshot;
        if (known != null && known.readAt().plus(age).isAfter(clock.instant())) {
            return known;
        }
        synchronized (this) {
            known = snapshot;
            if (known == null || !known.readAt().plus(age).isAfter(clock.instant())) {
                known = new Snapshot(List.copyOf(repository.registrations()), repository.suspended(), clock.instant());
                snapshot = known;
            }
            return known;
        }
    }

    /** Now, and once more when the change is committed: until then others read the registrations as they were. */
    private void forget() {
        forgetNow();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    forgetNow();
                }
            });
        }
    }

    /** Waits for whoever reads right now, so that what was read before is not put down after. */
    private synchronized void forgetNow() {
        snapshot = null;
        deployments.clear();
        tenantNames.clear();
    }

    private record Snapshot(List<Registration> registrations, Set<Long> suspended, Instant readAt) {}

    private record DeploymentKey(long registrationId, String deploymentId) {}

    private record CachedDeployment(Deployment deployment, Instant readAt) {}
}
