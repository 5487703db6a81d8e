package lms;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The platform notification service: tools say where they want to hear of copied courses, and are told once, as in Canvas,
 * which does not try again.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-pns/v1p0">LTI Platform Notification Service 1.0</a>
 */
public final class NoticeService {

    static final String COPY_NOTICE = "LtiContextCopyNotice";

    private static final List<String> TYPES = List.of("LtiHelloWorldNotice", COPY_NOTICE);

    private static final String PATH = "/services/notice-handlers/";

    private final ReferenceLms lms;

    private final Tokens tokens;

    private final Map<String, String> handlers = new ConcurrentHashMap<>();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    NoticeService(ReferenceLms lms, Tokens tokens) {
        this.lms = lms;
        this.tokens = tokens;
    }

    void addTo(LmsServer server) {
        server.route("GET|PUT", PATH + "(?<deployment>[^/]+)", Service.NOTICES, this::answer);
    }

    /** The claim in the launches of a tool that may hear of notices. */
    Optional<Map<String, Object>> claim(Tool tool, String deploymentId) {
        if (tool.mode() != Mode.CANVAS || !tool.scopes().contains(LtiNames.SCOPE_NOTICE_HANDLERS)) {
            return Optional.empty();
        }
        return Optional.of(Map.of(
                "service_versions",
                List.of("1.0"),
                "platform_notification_service_url",
                lms.issuer() + PATH + Pages.encode(deploymentId),
                "scope",
                List.of(LtiNames.SCOPE_NOTICE_HANDLERS),
                "notice_types_supported",
                TYPES));
    }

    /** Where a deployment wants to hear of copied courses. */
    public Optional<URI> handler(Tool tool, String deploymentId) {
        return Optional.ofNullable(handlers.get(key(tool, deploymentId, COPY_NOTICE)))
                .map(URI::create);
    }

    /** A notice that is valid until a test changes one thing of it. */
    public LaunchBuilder copyNotice(Tool tool, String deploymentId, Course copy) {
        Instant now = lms.clock().instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", lms.issuer());
        claims.put("aud", tool.clientId());
        claims.put("azp", tool.clientId());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 3600);
        claims.put("nonce", Launches.randomText());
        claims.put(LtiNames.VERSION, "1.3.0");
        claims.put(LtiNames.DEPLOYMENT_ID, deploymentId);
        claims.put(
                LtiNames.NOTICE,
                Map.of("id", UUID.randomUUID().toString(), "timestamp", now.toString(), "type", COPY_NOTICE));
        claims.put(LtiNames.CONTEXT, Map.of("id", copy.contextId(tool), "label", copy.label(), "title", copy.title()));
        claims.put(
                LtiNames.ORIGIN_CONTEXTS,
                copy.history().stream()
                        .limit(1)
                        .map(origin -> origin.contextId(tool))
                        .toList());
        return new LaunchBuilder(lms.keys().current(), lms.keys().signer(), claims);
    }

    /**
     * Tells every deployment that asked for it of the copy, once.
     *
     * @return the statuses of their answers
     */
    public List<Integer> tellOf(Course copy) {
        return copy.links().stream()
                .map(link -> Map.entry(lms.toolOf(link), link.deploymentId()))
                .distinct()
                .flatMap(placed -> handler(placed.getKey(), placed.getValue()).stream()
                        .map(handler -> post(
                                handler,
                                copyNotice(placed.getKey(), placed.getValue(), copy)
                                        .serialize())))
                .toList();
    }

    /** Posts notices as the platform does and returns the status of the answer. */
    public int post(URI handler, String... jwts) {
        String body = Json.write(Map.of(
                "notices", List.of(jwts).stream().map(jwt -> Map.of("jwt", jwt)).collect(Collectors.toList())));
        try {
            return http.send(
                            HttpRequest.newBuilder(handler)
                                    .timeout(Duration.ofSeconds(30))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Answer answer(Call call) {
        Optional<Tokens.Grant> grant = call.bearerToken().flatMap(tokens::grant);
        String deployment = call.part("deployment");
        if (grant.isEmpty()) {
            return ServiceGate.error(401, "Unauthorized");
        }
        Tool tool = grant.get().tool();
        if (!grant.get().scopes().contains(LtiNames.SCOPE_NOTICE_HANDLERS)
                || !tool.deployments().contains(deployment)) {
            return ServiceGate.error(403, "permission denied");
        }
        return call.method().equals("PUT") ? put(tool, deployment, call) : list(tool, deployment);
    }

    private Answer put(Tool tool, String deployment, Call call) {
        JsonNode sent;
        try {
            sent = Json.MAPPER.readTree(call.body());
        } catch (JacksonException e) {
            return ServiceGate.error(400, "This is no JSON");
        }
        String type = sent.path("notice_type").asString("");
        String handler = sent.path("handler").asString("");
        if (!TYPES.contains(type) || !isOfTool(tool, handler)) {
            return ServiceGate.error(400, "Unknown notice_type, or the handler is not of the tool");
        }
        if (handler.isEmpty()) {
            handlers.remove(key(tool, deployment, type));
        } else {
            handlers.put(key(tool, deployment, type), handler);
        }
        return Answer.json(200, Json.write(Map.of("notice_type", type, "handler", handler)));
    }

    private static boolean isOfTool(Tool tool, String handler) {
        return handler.isEmpty()
                || URI.create(handler).getHost().equals(tool.targetLinkUri().getHost());
    }

    private Answer list(Tool tool, String deployment) {
        List<Map<String, String>> list = TYPES.stream()
                .map(type ->
                        Map.of("notice_type", type, "handler", handlers.getOrDefault(key(tool, deployment, type), "")))
                .toList();
        return Answer.json(
                200,
                Json.write(Map.of("client_id", tool.clientId(), "deployment_id", deployment, "notice_handlers", list)));
    }

    private static String key(Tool tool, String deployment, String type) {
        return tool.clientId() + " " + deployment + " " + type;
    }
}
