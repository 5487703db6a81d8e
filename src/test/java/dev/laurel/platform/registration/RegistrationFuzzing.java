package dev.laurel.platform.registration;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.RegistrationEntry;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.LtiMessage;
import dev.laurel.platform.tool.ToolConfiguration;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a platform that somebody registers may say of itself, and answer: it is registered as what its own host allows, in
 * the space that there is for it, or refused with a line that may be logged.
 */
public final class RegistrationFuzzing {

    private static final String LTI = "https://purl.imsglobal.org/spec/lti-platform-configuration";

    private static final String CANVAS = "https://canvas.instructure.com/lti/";

    private static final String SECRET = "bearer-that-nobody-may-read";

    private static final List<URI> SOURCES = List.of(
            URI.create("https://lms.example.edu/.well-known/openid-configuration"),
            URI.create("https://sso.canvaslms.com/api/lti/security/openid-configuration"),
            URI.create("https://school.brightspace.com/d2l/.well-known/openid-configuration"),
            URI.create("https://developer.blackboard.com/.well-known/openid-configuration"));

    private static final List<String> MEMBERS = List.of(
            "issuer",
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "registration_endpoint",
            "authorization_server",
            "scopes_supported",
            LTI,
            "client_id",
            ClientRegistration.TOOL,
            "errors",
            "errorMessage",
            "error",
            "error_description");

    private static final List<String> INNER_MEMBERS = List.of(
            "product_family_code",
            "messages_supported",
            "type",
            "deployment_id",
            CANVAS + "account_name",
            CANVAS + "account_lti_guid");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The answers of the platform to the input of this moment: one thread, one input. */
    private static final Map<HttpMethod, OutboundResponse> ANSWERS = new HashMap<>();

    private static @Nullable RegistrationEntry stored;

    private static final DynamicRegistration REGISTRATIONS = registrations();

    private static final RegistrationLink LINK =
            new RegistrationLink(new TenantId(1), 1, new byte[16], null, Instant.EPOCH, Instant.MAX, null, null);

    private RegistrationFuzzing() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        URI source = data.pickValue(SOURCES);
        stored = null;
        ANSWERS.put(HttpMethod.GET, answer(data, configuration(source)));
        ANSWERS.put(HttpMethod.POST, answer(data, Map.of("client_id", "client-1")));
        try {
            REGISTRATIONS.register(LINK, source, new RegistrationToken(SECRET));
            check(source, stored);
        } catch (RegistrationRefusedException refused) {
            String line = String.valueOf(refused.getMessage());
            if (!line.matches("[\\x20-\\x7e]{1,303}") || (line + refused.said()).contains(SECRET)) {
                throw new IllegalStateException("This would be written into the log: " + line, refused);
            }
        }
    }

    private static void check(URI source, @Nullable RegistrationEntry entry) {
        if (entry == null) {
            throw new IllegalStateException("Registered, and nothing was stored");
        }
        TrustedHosts trusted = TrustedHosts.of(source);
        for (URI endpoint : List.of(entry.authorizationEndpoint(), entry.tokenEndpoint(), entry.jwksUri())) {
            String named = endpoint.getHost().toLowerCase(Locale.ROOT);
            boolean ours = trusted.hosts().stream()
                    .anyMatch(host -> host.startsWith(".") ? named.endsWith(host) : named.equals(host));
            if (!ours || !"https".equalsIgnoreCase(endpoint.getScheme())) {
                throw new IllegalStateException("An endpoint of another: " + endpoint);
            }
        }
        fits(entry.issuer(), 1_000);
        fits(entry.clientId(), 500);
        fits(entry.name(), 200);
        fits(String.valueOf(entry.tokenAudience()), 1_000);
        fits(String.valueOf(entry.frameOrigin()), 500);
        entry.deployments().forEach(deployment -> fits(deployment.id(), 255));
        if (!String.valueOf(entry.frameOrigin()).matches("[a-z0-9.:/* -]+")) {
            throw new IllegalStateException("This would be written into a header: " + entry.frameOrigin());
        }
    }

    private static void fits(String text, int longest) {
        if (text.isBlank() || text.codePointCount(0, text.length()) > longest) {
            throw new IllegalStateException("This does not fit into its column: " + text.length() + " characters");
        }
    }

    private static Map<String, Object> configuration(URI source) {
        String origin = "https://" + source.getHost();
        return Map.of(
                "issuer",
                TrustedHosts.of(source).issuer(),
                "authorization_endpoint",
                origin + "/auth",
                "token_endpoint",
                origin + "/token",
                "jwks_uri",
                origin + "/jwks",
                "registration_endpoint",
                origin + "/register",
                LTI,
                Map.of("product_family_code", "canvas", "messages_supported", List.of()));
    }

    private static OutboundResponse answer(FuzzedDataProvider data, Map<String, Object> good) {
        int status = data.pickValue(new int[] {200, 200, 200, 201, 400, 401, 422, 500});
        if (data.consumeInt(0, 4) == 0) {
            return response(status, data.consumeString(200));
        }
        Map<String, @Nullable Object> said = new HashMap<>(good);
        for (int changes = data.consumeInt(0, 3); changes > 0; changes--) {
            said.put(data.pickValue(MEMBERS), value(data, good, 3));
        }
        return response(status, JSON.writeValueAsString(said));
    }

    private static OutboundResponse response(int status, String body) {
        return new OutboundResponse(status, new HttpHeaders(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Object value(FuzzedDataProvider data, Map<String, Object> good, int depth) {
        switch (data.consumeInt(0, depth > 0 ? 8 : 6)) {
            case 0:
                return null;
            case 1:
                return data.consumeLong();
            case 2:
                return data.consumeBoolean();
            case 3:
                return data.consumeString(60);
            case 4:
                return good.values().iterator().next() + data.consumeString(30);
            case 5:
                return "https://" + data.consumeString(20) + "/" + data.consumeString(20);
            case 6:
                return data.pickValue(List.of(
                        SECRET,
                        "https://[::1",
                        "https://LMS.example.edu:443/x",
                        "http://lms.example.edu/",
                        "https://evil.example@lms.example.edu/",
                        "https://lms.example.edu\\@evil.example/",
                        "moodle",
                        "desire2learn",
                        "x".repeat(999),
                        "https://lms.example.edu/" + "\u00e9".repeat(900)));
            case 7:
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = data.consumeInt(0, 3); i > 0; i--) {
                    list.add(value(data, good, depth - 1));
                }
                return list;
            default:
                Map<String, @Nullable Object> map = new HashMap<>();
                for (int i = data.consumeInt(0, 3); i > 0; i--) {
                    map.put(data.pickValue(INNER_MEMBERS), value(data, good, depth - 1));
                }
                return map;
        }
    }

    private static DynamicRegistration registrations() {
        RegistrationLinks links = stub(RegistrationLinks.class);
        Mockito.when(links.claim(Mockito.any())).thenReturn(true);
        Mockito.when(links.use(Mockito.any(), Mockito.anyLong(), Mockito.any())).thenReturn(true);
        OutboundHttp http = stub(OutboundHttp.class);
        Mockito.when(http.send(Mockito.any())).thenAnswer(call -> {
            OutboundRequest request = call.getArgument(0);
            return ANSWERS.get(request.method());
        });
        Platforms platforms = stub(Platforms.class);
        Mockito.when(platforms.known(Mockito.any(), Mockito.any())).thenReturn(Optional.empty());
        Mockito.when(platforms.tenantName(Mockito.any())).thenReturn("Northfield College");
        Mockito.when(platforms.register(Mockito.any(), Mockito.anyBoolean())).thenAnswer(call -> {
            stored = call.getArgument(0);
            return registration(stored);
        });
        TransactionTemplate transaction = stub(TransactionTemplate.class);
        Mockito.when(transaction.execute(Mockito.any())).thenAnswer(call -> {
            TransactionCallback<?> work = call.getArgument(0);
            return work.doInTransaction(null);
        });
        ToolConfiguration tool = new ToolConfiguration(new PublicUrl(URI.create("https://laurel.example.edu")));
        return new DynamicRegistration(
                links, new PlatformCalls(http, JSON), new ClientRegistration(tool), tool, platforms, transaction);
    }

    private static <T> T stub(Class<T> type) {
        return Mockito.mock(type, Mockito.withSettings().stubOnly());
    }

    private static Registration registration(RegistrationEntry entry) {
        return new Registration(
                1,
                entry.issuer(),
                entry.clientId(),
                entry.name(),
                entry.authorizationEndpoint(),
                entry.tokenEndpoint(),
                entry.tokenAudience(),
                entry.jwksUri(),
                "",
                true,
                null,
                EnumSet.noneOf(LtiMessage.class),
                false,
                false,
                true);
    }
}
