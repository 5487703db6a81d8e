package dev.laurel.gradebook.canvas;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.PersonErased;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
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
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * How an institution lets Laurel read more of its Canvas: a developer key that its administrator enters, and permissions
 * that she gives for every course or a teacher for one.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/file.oauth.html">Canvas, OAuth2</a>
 */
@Component
public class CanvasReading {

    /** Where Canvas sends people back to. */
    public static final String CALLBACK = "/reading/canvas/callback";

    private static final Logger LOG = LoggerFactory.getLogger(CanvasReading.class);

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int MOST_LISTED = 200;

    private static final int LONGEST_CODE = 2_000;

    private final ReadingKeys keys;

    private final ReadingGrants grants;

    private final Departures departures;

    private final CanvasTokens tokens;

    private final Permits permits;

    private final Contexts contexts;

    private final Platforms platforms;

    private final PublicUrl publicUrl;

    private final Clock clock;

    CanvasReading(
            ReadingKeys keys,
            ReadingGrants grants,
            Departures departures,
            CanvasTokens tokens,
            Permits permits,
            Contexts contexts,
            Platforms platforms,
            PublicUrl publicUrl,
            Clock clock) {
        this.keys = keys;
        this.grants = grants;
        this.departures = departures;
        this.tokens = tokens;
        this.permits = permits;
        this.contexts = contexts;
        this.platforms = platforms;
        this.publicUrl = publicUrl;
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

    /**
     * A permission.
     *
     * @param contextId the course that it is for; {@code null}: every course of the institution
     * @param lacks what the key allows since and the permission does not cover
     * @param endedAt since when Canvas does not accept it any more, UTC
     * @param ownerLeft whoever gave it is not among the staff of the course any more, so that it will end
     */
    public record Permission(
            @Nullable Long contextId,
            long ownerPerson,
            Instant grantedAt,
            @Nullable Instant endedAt,
            boolean ownerLeft,
            Set<CanvasCapability> covers,
            Set<CanvasCapability> lacks) {}

    /** The address that an administrator has to enter at the key, exactly as it is. */
    public String redirectUri() {
        return publicUrl.at(CALLBACK);
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

    public static boolean isCanvas(CourseContext course) {
        return Permits.isCanvas(course);
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
            withdrawAll(tenant, registrationId, before);
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
        LOG.info("Canvas reading key of tenant {} kept by person {}", tenant, personId);
        return Set.of();
    }

    /** Takes the key away, and every permission with it (HTTP). */
    public void removeKey(TenantId tenant, long registrationId, long personId) {
        keys.find(tenant, registrationId, CanvasSource.NAME).ifPresent(key -> {
            withdrawAll(tenant, registrationId, key);
            keys.remove(tenant, registrationId, CanvasSource.NAME);
            LOG.info("Canvas reading key of tenant {} removed by person {}", tenant, personId);
        });
    }

    private void withdrawAll(TenantId tenant, long registrationId, ReadingKey key) {
        List<Grant> some = grants.ofRegistration(tenant, registrationId, MOST_LISTED);
        while (!some.isEmpty()) {
            some.forEach(grant -> end(grant, key));
            some = grants.ofRegistration(tenant, registrationId, MOST_LISTED);
        }
    }

    private void end(Grant grant, ReadingKey key) {
        tokens.revoke(grant, key);
        grants.remove(grant);
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

    /** The permission for every course of the institution. */
    public Optional<Permission> ofInstitution(TenantId tenant, long registrationId) {
        return permission(tenant, registrationId, Grant.INSTITUTION);
    }

    /** The permission that was given for this course alone. */
    public Optional<Permission> ofCourse(CourseContext course) {
        return permission(course.tenant(), course.registrationId(), course.id());
    }

    private Optional<Permission> permission(TenantId tenant, long registrationId, long contextId) {
        return grants.find(tenant, registrationId, contextId).map(this::permission);
    }

    /** All there are, that of the institution first, at most 200. */
    public List<Permission> permissions(TenantId tenant, long registrationId) {
        return grants.ofRegistration(tenant, registrationId, MOST_LISTED).stream()
                .map(this::permission)
                .toList();
    }

    private Permission permission(Grant grant) {
        Set<CanvasCapability> lacks = EnumSet.noneOf(CanvasCapability.class);
        key(grant.tenant(), grant.registrationId()).ifPresent(key -> lacks.addAll(key.capabilities()));
        lacks.removeAll(grant.capabilities());
        return new Permission(
                grant.isOfInstitution() ? null : grant.contextId(),
                grant.ownerPerson(),
                grant.grantedAt(),
                grant.endedAt(),
                grant.ownerLeft(contexts),
                grant.capabilities(),
                lacks);
    }

    /** Why a course is not read this way, in plain words; empty where it is. */
    public Optional<String> obstacle(CourseContext course) {
        return Optional.ofNullable(permits.of(course).obstacle());
    }

    /**
     * Who goes to Canvas.
     *
     * @param contextId the course that may be read; {@code null}: every course
     */
    public record Traveller(
            TenantId tenant,
            long launchId,
            long registrationId,
            @Nullable Long contextId) {}

    /**
     * The way to Canvas.
     *
     * @param browser what the browser has to bring back; kept in a cookie
     */
    public record Departure(URI to, String browser) {

        @Override
        public String toString() {
            return "Departure";
        }
    }

    /** Begins; empty where there is no key, or it allows nothing. */
    public Optional<Departure> depart(Traveller who) {
        ReadingKey key =
                keys.find(who.tenant(), who.registrationId(), CanvasSource.NAME).orElse(null);
        if (key == null || key.clientId() == null) {
            return Optional.empty();
        }
        Set<CanvasCapability> capabilities = CanvasCapability.of(key.capabilities());
        if (capabilities.isEmpty()) {
            return Optional.empty();
        }
        String state = secret();
        String browser = secret();
        departures.add(
                Sha256.of(state),
                Sha256.of(browser),
                new Departures.Departure(
                        who.tenant(),
                        who.launchId(),
                        who.registrationId(),
                        who.contextId() == null ? Grant.INSTITUTION : who.contextId(),
                        key.address(),
                        key.clientId(),
                        capabilities),
                clock.instant());
        return Optional.of(new Departure(
                URI.create(key.address() + "/login/oauth2/auth?client_id=" + encoded(key.clientId())
                        + "&response_type=code&redirect_uri=" + encoded(redirectUri()) + "&state=" + state + "&scope="
                        + encoded(String.join(" ", CanvasCapability.scopes(capabilities))) + "&purpose=Laurel"),
                browser));
    }

    /** Somebody who came back from Canvas, in the browser that left. */
    public record Returned(
            TenantId tenant,
            long launchId,
            long registrationId,
            @Nullable Long contextId,
            Ticket ticket) {

        /** What was on the way. */
        public static final class Ticket {

            private final Departures.Departure departure;

            private Ticket(Departures.Departure departure) {
                this.departure = departure;
            }
        }
    }

    /** Recognises who comes back; each departure serves once. */
    public Optional<Returned> arrive(@Nullable String state, @Nullable String browser) {
        if (state == null || browser == null) {
            return Optional.empty();
        }
        return departures
                .use(Sha256.of(state), Sha256.of(browser), clock.instant())
                .map(found -> new Returned(
                        found.tenant(),
                        found.launchId(),
                        found.registrationId(),
                        found.contextId() == Grant.INSTITUTION ? null : found.contextId(),
                        new Returned.Ticket(found)));
    }

    /** How it ended. */
    public enum Ending {
        GIVEN,
        /** Somebody else is logged in to Canvas in this browser. */
        SOMEBODY_ELSE,
        /** Canvas does not take what it gave: the key's secret or address is wrong. */
        NOT_TAKEN,
        /** The key was changed meanwhile. */
        KEY_CHANGED
    }

    /**
     * Turns the code into a permission (HTTP). Whoever is logged in to Canvas must be the person who is in Laurel, as far as
     * Canvas told who that is: nobody lends another's eyes.
     *
     * @param personId who came back
     */
    public Ending redeem(Returned returned, long personId, String code) {
        Departures.Departure departure = returned.ticket().departure;
        ReadingKey key = keys.find(departure.tenant(), departure.registrationId(), CanvasSource.NAME)
                .orElse(null);
        if (key == null
                || !key.address().equals(departure.address())
                || !departure.clientId().equals(key.clientId())) {
            return Ending.KEY_CHANGED;
        }
        CanvasTokens.Issued issued;
        try {
            issued = code.length() > LONGEST_CODE
                    ? null
                    : tokens.ofCode(departure.registrationId(), key, redirectUri(), code)
                            .orElse(null);
        } catch (ServiceProblem problem) {
            issued = null;
        }
        if (issued == null) {
            return Ending.NOT_TAKEN;
        }
        Grant grant = grant(departure, personId, issued);
        if (isSomebodyElse(grant)) {
            tokens.revoke(grant, key);
            LOG.info(
                    "A Canvas permission of tenant {} was given by another user than the launched one", grant.tenant());
            return Ending.SOMEBODY_ELSE;
        }
        grants.find(grant.tenant(), grant.registrationId(), grant.contextId())
                .ifPresent(before -> tokens.revoke(before, key));
        grants.save(grant);
        LOG.info("Reading of course {} of tenant {} in Canvas allowed", grant.contextId(), grant.tenant());
        return Ending.GIVEN;
    }

    private Grant grant(Departures.Departure departure, long personId, CanvasTokens.Issued issued) {
        long shard = CanvasIds.shard(issued.globalUser());
        return new Grant(
                departure.tenant(),
                departure.registrationId(),
                departure.contextId(),
                personId,
                issued.user() == null ? null : CanvasIds.local(issued.user(), shard),
                shard,
                issued.refreshToken(),
                issued.accessToken(),
                issued.until(),
                departure.capabilities(),
                clock.instant(),
                null);
    }

    private boolean isSomebodyElse(Grant grant) {
        String known = contexts.platformUsers(grant.tenant(), grant.registrationId(), List.of(grant.ownerPerson()))
                .get(grant.ownerPerson());
        return known != null && !CanvasIds.local(known, grant.shard()).equals(grant.ownerUser());
    }

    /** Takes a permission back, here and in Canvas (HTTP). */
    public void withdraw(TenantId tenant, long registrationId, @Nullable Long contextId) {
        long of = contextId == null ? Grant.INSTITUTION : contextId;
        ReadingKey key = keys.find(tenant, registrationId, CanvasSource.NAME).orElse(null);
        grants.find(tenant, registrationId, of).ifPresent(grant -> {
            if (key != null) {
                tokens.revoke(grant, key);
            }
            grants.remove(grant);
            LOG.info("Reading of course {} of tenant {} in Canvas taken back", of, tenant);
        });
    }

    /** What Laurel read in the name of somebody who is erased it reads no more. */
    @EventListener
    void on(PersonErased erased) {
        grants.removeOfOwner(erased.tenant(), erased.personId());
    }

    private static String secret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
