package dev.laurel.gradebook.canvas;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The developer keys for Canvas's REST interface: an administrator makes one in Canvas and enters it here. It reads nothing
 * by itself, see {@link CanvasPermissions}.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/file.developer_keys.html">Canvas, developer keys</a>
 */
@Component
public class CanvasApiKeys {

    private static final Logger LOG = LoggerFactory.getLogger(CanvasApiKeys.class);

    private final ReadingKeys keys;

    private final CanvasParts parts;

    private final CanvasPermissions permissions;

    private final Contexts contexts;

    private final Platforms platforms;

    private final Clock clock;

    CanvasApiKeys(
            ReadingKeys keys,
            CanvasParts parts,
            CanvasPermissions permissions,
            Contexts contexts,
            Platforms platforms,
            Clock clock) {
        this.keys = keys;
        this.parts = parts;
        this.permissions = permissions;
        this.contexts = contexts;
        this.platforms = platforms;
        this.clock = clock;
    }

    /** A key without its secret. */
    public record KeyFacts(URI address, String clientId, Set<CanvasCapability> capabilities, Instant addedAt) {}

    /**
     * A key as it is entered.
     *
     * @param secret {@code null} keeps the one that is there
     */
    public record KeyEntry(
            String address, String clientId, @Nullable String secret, Set<CanvasCapability> capabilities) {}

    /** Which field of a key is not right. */
    public enum KeyProblem {
        ADDRESS_BAD,
        ADDRESS_FOREIGN,
        CLIENT_MISSING,
        SECRET_MISSING
    }

    /** The Canvases of a tenant. */
    public List<Registration> canvases(TenantId tenant) {
        Set<Long> launched = contexts.ofTenant(tenant).stream()
                .filter(Permits::isCanvas)
                .map(CourseContext::registrationId)
                .collect(Collectors.toSet());
        return platforms.registrations().stream()
                .filter(registration -> launched.contains(registration.id()))
                .toList();
    }

    /** The address at which the platform itself says that its courses are; empty where no course was opened yet. */
    public Optional<String> proposedAddress(TenantId tenant, long registrationId) {
        return courseHosts(tenant, registrationId).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** How many courses are at each address. */
    private Map<String, Long> courseHosts(TenantId tenant, long registrationId) {
        return contexts.ofTenant(tenant).stream()
                .filter(course -> course.registrationId() == registrationId)
                .flatMap(course -> Stream.of(
                                Optional.ofNullable(course.lineitemsUrl()),
                                Optional.ofNullable(course.membershipsUrl()))
                        .flatMap(Optional::stream)
                        .limit(1))
                .collect(Collectors.groupingBy(
                        service -> service.getScheme() + "://" + service.getRawAuthority(), Collectors.counting()));
    }

    public Optional<KeyFacts> key(TenantId tenant, long registrationId) {
        return keys.find(tenant, registrationId, CanvasSource.NAME)
                .map(key -> new KeyFacts(
                        key.address(),
                        String.valueOf(key.clientId()),
                        CanvasCapability.of(key.capabilities()),
                        key.addedAt()));
    }

    /**
     * Keeps a key (HTTP where permissions of another key are taken back). Permissions that were given under another key end.
     *
     * @return what is wrong; empty where it was kept
     */
    public Set<KeyProblem> keep(TenantId tenant, long registrationId, KeyEntry entry, long personId) {
        Set<KeyProblem> problems = EnumSet.noneOf(KeyProblem.class);
        URI address = origin(entry.address());
        ReadingKey before = keys.find(tenant, registrationId, CanvasSource.NAME).orElse(null);
        if (address == null) {
            problems.add(KeyProblem.ADDRESS_BAD);
        } else if (!isTheirs(tenant, registrationId, address)) {
            problems.add(KeyProblem.ADDRESS_FOREIGN);
        }
        String clientId = entry.clientId().strip();
        if (clientId.isEmpty() || clientId.length() > 255) {
            problems.add(KeyProblem.CLIENT_MISSING);
        }
        boolean sameKey = before != null && before.address().equals(address) && clientId.equals(before.clientId());
        String secret =
                entry.secret() != null ? entry.secret().strip() : before != null && sameKey ? before.secret() : "";
        if (secret.isEmpty() || secret.length() > 1_000) {
            problems.add(KeyProblem.SECRET_MISSING);
        }
        if (address == null || !problems.isEmpty()) {
            return problems;
        }
        if (before != null && !sameKey) {
            permissions.withdrawAll(tenant, registrationId, before);
        }
        keys.save(
                tenant,
                registrationId,
                CanvasSource.NAME,
                new ReadingKey(
                        address,
                        clientId,
                        secret,
                        entry.capabilities().stream().map(Enum::name).collect(Collectors.toSet()),
                        personId,
                        clock.instant()));
        parts.forget(tenant);
        LOG.info("Canvas reading key of tenant {} kept by person {}", tenant, personId);
        return Set.of();
    }

    /** Takes the key away, and every permission with it (HTTP). */
    public void removeKey(TenantId tenant, long registrationId, long personId) {
        keys.find(tenant, registrationId, CanvasSource.NAME).ifPresent(key -> {
            permissions.withdrawAll(tenant, registrationId, key);
            keys.remove(tenant, registrationId, CanvasSource.NAME);
            LOG.info("Canvas reading key of tenant {} removed by person {}", tenant, personId);
        });
    }

    /** Tokens must not go to somebody else: the address is one at which this platform's own courses are, or its own. */
    private boolean isTheirs(TenantId tenant, long registrationId, URI address) {
        Set<String> hosts = courseHosts(tenant, registrationId).keySet().stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return hosts.isEmpty()
                ? platforms
                        .registration(registrationId)
                        .filter(own -> own.owns(address))
                        .isPresent()
                : hosts.contains(address.toString().toLowerCase(Locale.ROOT));
    }

    private static @Nullable URI origin(String typed) {
        String text = typed.strip();
        try {
            URI uri = new URI(text.contains("://") ? text : "https://" + text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null
                    ? new URI(uri.getScheme().toLowerCase(Locale.ROOT) + "://"
                            + uri.getRawAuthority().toLowerCase(Locale.ROOT))
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
