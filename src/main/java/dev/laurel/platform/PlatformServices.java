package dev.laurel.platform;

import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Calls to a platform's LTI services with an access token of the client credentials grant (private_key_jwt), cached per
 * registration and scope set, renewed once on 401.
 *
 * @see <a href="https://www.imsglobal.org/spec/security/v1p0/#using-json-web-tokens-with-oauth-2-0-client-credentials-grant">1EdTech Security Framework, 4.1</a>
 */
@Component
public class PlatformServices {

    private final Platforms platforms;

    private final ServiceTokens tokens;

    private final OutboundHttp http;

    PlatformServices(Platforms platforms, ServiceTokens tokens, OutboundHttp http) {
        this.platforms = platforms;
        this.tokens = tokens;
        this.http = http;
    }

    /**
     * Sends the request with a bearer token. Answers of any status are returned, also 4xx and 5xx.
     *
     * @throws OutboundException where no token could be had or no answer came
     */
    public OutboundResponse call(long registrationId, Set<String> scopes, OutboundRequest request)
            throws OutboundException {
        Registration registration = mayCall(registrationId, request.uri());
        String token = tokens.token(registration, scopes);
        OutboundResponse response = send(request, token);
        if (response.status() != 401) {
            return response;
        }
        tokens.forget(registration, scopes, token);
        return send(request, tokens.token(registration, scopes));
    }

    /**
     * Sends the request as it is, for what a platform offers beside LTI under other keys.
     *
     * @throws OutboundException where the address is not the platform's to name, or no answer came
     */
    public OutboundResponse callWithoutToken(long registrationId, OutboundRequest request) throws OutboundException {
        mayCall(registrationId, request.uri());
        return http.send(request);
    }

    private Registration mayCall(long registrationId, URI uri) {
        Registration registration = platforms
                .registration(registrationId)
                .filter(Registration::active)
                .orElseThrow(() -> new OutboundException("Registration " + registrationId + " is not active"));
        if (http.isPrivateHost(uri) && !isAtHome(registration, uri)) {
            throw new OutboundException(
                    "Refused: " + uri.getHost() + " is a private host and no part of registration " + registrationId);
        }
        return registration;
    }

    /**
     * Asks the platform for a token of this one scope, past all that is cached.
     *
     * @throws OutboundException where no answer came
     */
    public ScopeAnswer tryScope(Registration registration, String scope) throws OutboundException {
        return tokens.tryScope(registration, scope);
    }

    /** What one platform names in a launch must not lead Laurel into the network of another. */
    private static boolean isAtHome(Registration registration, URI uri) {
        return Stream.of(registration.authUri(), registration.tokenUri(), registration.jwksUri())
                .anyMatch(own -> uri.getHost().equalsIgnoreCase(own.getHost()));
    }

    private OutboundResponse send(OutboundRequest request, String token) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.put("Authorization", "Bearer " + token);
        return http.send(new OutboundRequest(request.method(), request.uri(), headers, request.body()));
    }
}
