package dev.laurel.platform;

import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What every launch asks of registrations, deployments and tenants, kept for a few seconds. */
@Component
class PlatformCache {

    /** For how long what was read is used again; what another node changes is seen here by then. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** An unknown registration may have been added a moment ago; a flood of made-up ones must not reach the database. */
    private static final Duration FRESH_FOR_MISSES = Duration.ofSeconds(1);

    private static final int MOST_DEPLOYMENTS = 10_000;

    private final PlatformRepository repository;

    private final Clock clock;

    private final Map<DeploymentKey, CachedDeployment> deployments = new ConcurrentHashMap<>();

    private final Map<TenantId, String> tenantNames = new ConcurrentHashMap<>();

    private volatile @Nullable Snapshot snapshot;

    PlatformCache(PlatformRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    private record Snapshot(List<Registration> registrations, Set<Long> suspended, Instant readAt) {}

    private record DeploymentKey(long registrationId, String deploymentId) {}

    private record CachedDeployment(Deployment deployment, Instant readAt) {}

    List<Registration> registrations() {
        return fresh(FRESH).registrations();
    }

    Optional<Registration> find(Function<List<Registration>, Optional<Registration>> search) {
        Optional<Registration> found = search.apply(registrations());
        return found.isPresent() ? found : search.apply(fresh(FRESH_FOR_MISSES).registrations());
    }

    Optional<Registration> registration(long id) {
        return find(all -> all.stream().filter(each -> each.id() == id).findFirst());
    }

    boolean isSuspended(long deploymentPk) {
        return fresh(FRESH).suspended().contains(deploymentPk);
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

    /** Empty where it is not known, or was read too long ago. */
    Optional<Deployment> deployment(long registrationId, String deploymentId) {
        return Optional.ofNullable(deployments.get(new DeploymentKey(registrationId, deploymentId)))
                .filter(cached -> cached.readAt().plus(FRESH).isAfter(clock.instant()))
                .map(CachedDeployment::deployment);
    }

    /** Only one that may launch is kept: others are to be seen as they are. */
    void keep(Deployment deployment) {
        if (deployment.status() != Deployment.Status.ACTIVE) {
            remove(deployment);
            return;
        }
        if (deployments.size() >= MOST_DEPLOYMENTS) {
            deployments.clear();
        }
        deployments.put(key(deployment), new CachedDeployment(deployment, clock.instant()));
    }

    void remove(Deployment deployment) {
        deployments.remove(key(deployment));
    }

    private static DeploymentKey key(Deployment deployment) {
        return new DeploymentKey(deployment.registrationId(), deployment.deploymentId());
    }

    String tenantName(TenantId tenant) {
        return tenantNames.computeIfAbsent(
                tenant,
                id -> repository
                        .tenantName(id)
                        .orElseThrow(() -> new IllegalArgumentException("There is no tenant " + id)));
    }

    /** Now, and once more when the change is committed: until then others read the registrations as they were. */
    void forget() {
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
}
