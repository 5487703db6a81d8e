package dev.laurel.gradebook.canvas;

import dev.laurel.context.Contexts;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The way on which somebody permits Laurel to read: to Canvas's own page and back.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/file.oauth.html">Canvas, OAuth2</a>
 */
@Component
public class CanvasAuthorization {

    /** Where Canvas sends people back to. */
    public static final String CALLBACK = "/reading/canvas/callback";

    private static final Logger LOG = LoggerFactory.getLogger(CanvasAuthorization.class);

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int LONGEST_CODE = 2_000;

    private final ReadingKeys keys;

    private final ReadingGrants grants;

    private final CanvasParts parts;

    private final Departures departures;

    private final CanvasTokens tokens;

    private final GrantRevocations revocations;

    private final Contexts contexts;

    private final PublicUrl publicUrl;

    private final Clock clock;

    CanvasAuthorization(
            ReadingKeys keys,
            ReadingGrants grants,
            CanvasParts parts,
            Departures departures,
            CanvasTokens tokens,
            GrantRevocations revocations,
            Contexts contexts,
            PublicUrl publicUrl,
            Clock clock) {
        this.keys = keys;
        this.grants = grants;
        this.parts = parts;
        this.departures = departures;
        this.tokens = tokens;
        this.revocations = revocations;
        this.contexts = contexts;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** The address that an administrator has to enter at the key, exactly as it is. */
    public String redirectUri() {
        return publicUrl.at(CALLBACK);
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
            revocations.tell(grant, key);
            LOG.info(
                    "A Canvas permission of tenant {} was given by another user than the launched one", grant.tenant());
            return Ending.SOMEBODY_ELSE;
        }
        grants.find(grant.tenant(), grant.registrationId(), grant.contextId())
                .ifPresent(before -> revocations.tell(before, key));
        grants.save(grant);
        parts.forget(grant.tenant());
        LOG.info("Reading of course {} of tenant {} in Canvas allowed", grant.contextId(), grant.tenant());
        return Ending.GIVEN;
    }

    private Grant grant(Departures.Departure departure, long personId, CanvasTokens.Issued issued) {
        long shard = CanvasIds.shard(issued.user(), issued.globalUser());
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
        Set<String> known = contexts.platformUsers(grant.tenant(), grant.registrationId(), grant.ownerPerson());
        return !known.isEmpty()
                && known.stream()
                        .noneMatch(user -> CanvasIds.local(user, grant.shard()).equals(grant.ownerUser()));
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
