package dev.laurel.platform.registration;

import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.RegistrationEntry;
import dev.laurel.platform.registration.PlatformCalls.Registered;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.ProductFamily;
import dev.laurel.platform.tool.ToolConfiguration;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Registers Laurel with a platform and the platform with Laurel, for the institution that the operator's link names. No
 * link, no registration. Whatever fails leaves the link as it was.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dr/v1p0">LTI Dynamic Registration 1.0</a>
 */
@Component
class DynamicRegistration {

    /** {@code aud} of D2L's token requests, where its configuration does not say. */
    private static final String D2L_AUDIENCE = "https://api.brightspace.com/auth/token";

    private final RegistrationLinks links;

    private final PlatformCalls calls;

    private final ClientRegistration client;

    private final ToolConfiguration tool;

    private final Platforms platforms;

    private final TransactionTemplate transaction;

    DynamicRegistration(
            RegistrationLinks links,
            PlatformCalls calls,
            ClientRegistration client,
            ToolConfiguration tool,
            Platforms platforms,
            TransactionTemplate transaction) {
        this.links = links;
        this.calls = calls;
        this.client = client;
        this.tool = tool;
        this.platforms = platforms;
        this.transaction = transaction;
    }

    /**
     * What came of it.
     *
     * @param missing scopes that the platform does not support
     */
    record Outcome(
            Registration registration,
            ProductFamily family,
            String institution,
            boolean deploymentKnown,
            List<LtiScope> missing) {}

    Outcome register(RegistrationLink link, URI configuration, @Nullable RegistrationToken token) {
        if (!links.claim(link)) {
            throw RegistrationRefusal.LINK_BUSY.because("another attempt with this link is under way");
        }
        boolean done = false;
        try {
            Outcome outcome = attempt(link, configuration, token);
            done = true;
            return outcome;
        } catch (RegistrationRefusedException e) {
            throw token == null ? e : e.without(token);
        } finally {
            if (!done) {
                links.release(link);
            }
        }
    }

    private Outcome attempt(RegistrationLink link, URI configuration, @Nullable RegistrationToken token) {
        PlatformConfiguration platform = calls.configuration(configuration, token);
        TrustedHosts trusted = TrustedHosts.of(configuration);
        trusted.check(platform);
        String issuer = trusted.issuerOf(platform);
        Optional<Registration> renewed = Optional.ofNullable(link.renewsId()).flatMap(platforms::registration);
        if (renewed.isPresent() && !renewed.get().issuer().equals(issuer)) {
            throw RegistrationRefusal.ANOTHER_PLATFORM.because(
                    "the link is for " + renewed.get().issuer() + ", this is " + issuer);
        }
        Registered answer = calls.register(platform, client.body(platform), token);
        RegistrationEntry entry = entry(link, platform, issuer, answer, token);
        Registration registration = Objects.requireNonNull(
                transaction.execute(status -> store(link, entry, renewed.orElse(null), platform.accountGuid())));
        if (platform.family() == ProductFamily.MOODLE) {
            // Moodle stores the parameters of the tool as they were sent.
            platforms.namesHistory(registration.id());
        }
        List<LtiScope> asked = client.scopes(platform);
        return new Outcome(
                registration,
                platform.family(),
                platforms.tenantName(link.tenant()),
                answer.deploymentId() != null,
                tool.scopes().stream()
                        .filter(scope -> !asked.contains(scope) && scope != LtiScope.NOTICE_HANDLERS)
                        .toList());
    }

    private Registration store(
            RegistrationLink link, RegistrationEntry entry, @Nullable Registration renewed, @Nullable String guid) {
        platforms.known(entry.issuer(), entry.clientId()).ifPresent(known -> mayReplace(known, link, entry, renewed));
        Registration registration;
        try {
            registration = renewed == null ? platforms.register(entry, false) : platforms.renew(renewed, entry);
        } catch (IllegalArgumentException e) {
            throw RegistrationRefusal.ANOTHER_INSTITUTION.because(String.valueOf(e.getMessage()));
        }
        if (!links.use(link, registration.id(), guid)) {
            throw RegistrationRefusal.LINK_USED.because("the link was used or withdrawn meanwhile");
        }
        return registration;
    }

    /**
     * The same issuer and client is the same registration, unless its keys or its people are somebody else's, or the
     * operator switched it off: a link for one institution gives nothing of another's.
     */
    private void mayReplace(
            Registration known, RegistrationLink link, RegistrationEntry entry, @Nullable Registration renewed) {
        if (known.fromFile()) {
            throw RegistrationRefusal.IN_FILE.because("registration " + known.id() + " comes from the file");
        }
        boolean samePlace =
                known.jwksUri().getHost().equalsIgnoreCase(entry.jwksUri().getHost());
        boolean others = platforms.deployments().stream()
                .filter(deployment -> deployment.registrationId() == known.id() && deployment.tenant() != null)
                .anyMatch(deployment -> !link.tenant().equals(deployment.tenant()));
        if (!samePlace || !known.active() || (renewed != null && renewed.id() != known.id())) {
            throw RegistrationRefusal.TAKEN.because(
                    "issuer " + entry.issuer() + ", client " + entry.clientId() + " is registration " + known.id());
        }
        if (others) {
            throw RegistrationRefusal.ANOTHER_INSTITUTION.because("registration " + known.id() + " has other people");
        }
    }

    private RegistrationEntry entry(
            RegistrationLink link,
            PlatformConfiguration platform,
            String issuer,
            Registered answer,
            @Nullable RegistrationToken token) {
        String institution = platforms.tenantName(link.tenant());
        String name = platform.family().label() + ", "
                + Objects.requireNonNullElse(
                        platform.accountName(), URI.create(issuer).getHost());
        return new RegistrationEntry(
                name,
                issuer,
                answer.clientId(),
                platform.authorizationEndpoint(),
                platform.tokenEndpoint(),
                audience(platform),
                platform.jwksUri(),
                frameOrigins(platform.source(), platform, token),
                platform.family() != ProductFamily.MOODLE,
                null,
                answer.deploymentId() == null
                        ? List.of()
                        : List.of(new RegistrationEntry.DeploymentEntry(answer.deploymentId(), institution)),
                client.optionalMessages(platform));
    }

    /** Canvas wants the token endpoint itself, whatever it names here. */
    private static @Nullable String audience(PlatformConfiguration platform) {
        if (platform.family() == ProductFamily.CANVAS) {
            return null;
        }
        return platform.authorizationServer() == null && platform.family() == ProductFamily.D2L
                ? D2L_AUDIENCE
                : platform.authorizationServer();
    }

    /**
     * Who may show our pages in a frame: the platform itself, and the schools whose pages a vendor's common sign-in serves.
     */
    static String frameOrigins(
            URI configuration, @Nullable PlatformConfiguration platform, @Nullable RegistrationToken token) {
        String origin = TrustedHosts.origin(configuration);
        Stream<String> own = platform == null
                ? Stream.of(origin)
                : Stream.of(origin, TrustedHosts.origin(platform.authorizationEndpoint()));
        Stream<String> schools = TrustedHosts.of(configuration).hosts().stream()
                .filter(host -> host.startsWith("."))
                .map(host -> "https://*" + host);
        Stream<String> vanity = token == null ? Stream.empty() : token.school().map(host -> "https://" + host).stream();
        return Stream.of(own, schools, vanity).flatMap(each -> each).distinct().collect(Collectors.joining(" "));
    }
}
