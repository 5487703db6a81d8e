package dev.laurel.platform;

import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Registrations, deployments and the tenants they belong to. What another node changes is seen here a few seconds later. */
@Component
public class Platforms {

    /** How exactly it is known when a deployment launched last. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(5);

    /** How many deployments of one registration may wait for approval; more of them are not noted down. */
    private static final int MOST_PENDING = 500;

    private final PlatformRepository repository;

    private final PlatformCache cache;

    private final Approvals approvals;

    private final Clock clock;

    Platforms(PlatformRepository repository, PlatformCache cache, Approvals approvals, Clock clock) {
        this.repository = repository;
        this.cache = cache;
        this.approvals = approvals;
        this.clock = clock;
    }

    /**
     * The active registration of this issuer and client. A login request may leave {@code clientId} out; then there must be
     * exactly one of the issuer.
     */
    public Optional<Registration> registration(String issuer, @Nullable String clientId) {
        return cache.find(all -> {
            List<Registration> matching = all.stream()
                    .filter(r -> r.active() && r.issuer().equals(issuer))
                    .filter(r -> clientId == null || r.clientId().equals(clientId))
                    .toList();
            return matching.size() == 1 ? Optional.of(matching.get(0)) : Optional.empty();
        });
    }

    public Optional<Registration> registration(long id) {
        return cache.registration(id);
    }

    /** Whether people who came this way may stay: neither the registration nor the deployment was switched off. */
    public boolean isOpen(long registrationId, long deploymentPk) {
        return registration(registrationId).filter(Registration::active).isPresent()
                && !cache.isSuspended(deploymentPk);
    }

    public List<Registration> registrations() {
        return cache.registrations();
    }

    /**
     * The deployment, recorded as pending where it was never seen and not too many wait already (it then has the number
     * 0). Call it only for what a signed token named.
     */
    public Deployment deployment(Registration registration, String deploymentId) {
        Deployment cached = cache.deployment(registration.id(), deploymentId).orElse(null);
        if (cached != null) {
            return cached;
        }
        Deployment deployment = repository
                .deployment(registration.id(), deploymentId)
                .orElseGet(() -> recordPending(registration, deploymentId));
        cache.keep(deployment);
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
                && approvals.letIn(registration, deployment, platformGuid)) {
            deployment = deployment(registration, deploymentId);
        }
        return seen(deployment, registration, platformGuid);
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
        cache.remove(deployment);
        return deployment(registration, deployment.deploymentId());
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
        return cache.tenantName(tenant);
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
        cache.forget();
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

    /** Switches a registration on or off; one from the file stays as the file says. */
    public void setActive(long registrationId, boolean active) {
        repository.setActive(registrationId, active);
        cache.forget();
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
        cache.forget();
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
        // One of the others that launches from now on is not this one under its old id.
        repository.expectLaunches(registration.id(), clock.instant().minus(SEEN_EVERY), SEEN_EVERY);
        cache.forget();
        return repository
                .deployment(registration.id(), deploymentId)
                .orElseThrow(() -> new IllegalStateException("The deployment was not recorded"));
    }
}
