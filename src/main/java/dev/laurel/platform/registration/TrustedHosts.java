package dev.laurel.platform.registration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which issuer and which other hosts a platform may name, by the host that its openid configuration was read from. Its own
 * host, always; a few vendors run one sign-in for all their customers. Whoever could name another host would register
 * somebody else's platform, or have Laurel call into a network that is not theirs.
 *
 * @param issuer what it must be called
 * @param hosts where its endpoints may be; a leading dot stands for every host below
 * @param alsoSaid a wrong issuer that the vendor's configuration is known to name
 */
record TrustedHosts(
        String issuer, List<String> hosts, @Nullable String alsoSaid) {

    private static final String CANVAS = ".instructure.com";

    private static final String CANVAS_SIGN_IN = ".canvaslms.com";

    private static final String BLACKBOARD = "developer.blackboard.com";

    /** Canvas keeps copies of each school for trying things out, with issuers of their own; the first is the real one. */
    private static final List<String> CANVAS_PLACES = List.of("", ".beta", ".test");

    /** What a configuration from this address may say. */
    static TrustedHosts of(URI source) {
        String host = host(source);
        for (String place : CANVAS_PLACES) {
            if (isBelow(host, place + CANVAS) || host.equals("sso" + place + CANVAS_SIGN_IN)) {
                return canvas(place);
            }
        }
        if (host.equals(BLACKBOARD)) {
            return new TrustedHosts("https://blackboard.com", List.of(BLACKBOARD), "https://" + BLACKBOARD);
        }
        String origin = origin(source);
        return host.endsWith(".brightspace.com") || host.endsWith(".desire2learn.com")
                ? new TrustedHosts(origin, List.of(host, "auth.brightspace.com"), null)
                : new TrustedHosts(origin, List.of(host), null);
    }

    private static TrustedHosts canvas(String place) {
        return new TrustedHosts(
                "https://canvas" + place + CANVAS, List.of(place + CANVAS, "sso" + place + CANVAS_SIGN_IN), null);
    }

    /** @throws RegistrationRefusedException where the configuration names an issuer or a host that is not its own */
    void check(PlatformConfiguration platform) {
        String said = platform.issuer();
        if (!sameIssuer(said, issuer) && !said.equals(alsoSaid)) {
            throw RegistrationRefusal.ISSUER.because(
                    "issuer " + said + " is not that of " + platform.source().getHost());
        }
        Stream.of(
                        platform.registrationEndpoint(),
                        platform.authorizationEndpoint(),
                        platform.tokenEndpoint(),
                        platform.jwksUri())
                .filter(endpoint -> !isTrusted(endpoint, platform.source()))
                .findFirst()
                .ifPresent(endpoint -> {
                    throw RegistrationRefusal.ENDPOINT.because("an endpoint is at " + endpoint.getHost() + ", not at "
                            + platform.source().getHost());
                });
    }

    /** The issuer to store: byte for byte what its id_tokens will say. */
    String issuerOf(PlatformConfiguration platform) {
        return platform.issuer().equals(alsoSaid) ? issuer : platform.issuer();
    }

    /** The path of an issuer is its own business (a Moodle in a folder); scheme, host and port are not. */
    private static boolean sameIssuer(String said, String expected) {
        try {
            URI uri = new URI(said);
            return uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getUserInfo() == null
                    && origin(uri).equals(expected);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private boolean isTrusted(URI endpoint, URI source) {
        String host = host(endpoint);
        boolean asSafe = source.getScheme().equalsIgnoreCase(endpoint.getScheme())
                || "https".equalsIgnoreCase(endpoint.getScheme());
        return asSafe
                && hosts.stream()
                        .anyMatch(trusted -> trusted.startsWith(".")
                                ? isBelow(host, trusted)
                                : host.equals(trusted) && (!host.equals(host(source)) || samePort(endpoint, source)));
    }

    /** A school of the real Canvas is not one of a copy: {@code x.beta.instructure.com} is not below {@code .instructure.com}. */
    private static boolean isBelow(String host, String suffix) {
        return host.endsWith(suffix)
                && host.substring(0, host.length() - suffix.length()).indexOf('.') < 0;
    }

    private static boolean samePort(URI a, URI b) {
        return port(a) == port(b);
    }

    /** {@code scheme://host[:port]}, in lower case and without the usual port. */
    static String origin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean usual = port(uri) == ("https".equals(scheme) ? 443 : 80);
        return scheme + "://" + host(uri) + (usual ? "" : ":" + port(uri));
    }

    private static int port(URI uri) {
        return uri.getPort() != -1 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }
}
