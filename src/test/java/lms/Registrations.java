package lms;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tools that register themselves, as Moodle and Canvas let them, and as an LMS that gives no token (generic, like D2L).
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dr/v1p0">LTI Dynamic Registration 1.0</a>
 */
public final class Registrations {

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final ReferenceLms lms;

    private final Map<String, Registering> begun = new ConcurrentHashMap<>();

    private final Map<String, RegisteredTool> tools = Collections.synchronizedMap(new LinkedHashMap<>());

    private final AtomicInteger numbers = new AtomicInteger(100);

    private final List<ObjectNode> requests = Collections.synchronizedList(new ArrayList<>());

    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

    private final AtomicReference<Answer> refusal = new AtomicReference<>();

    private volatile UnaryOperator<ObjectNode> configurationChange = UnaryOperator.identity();

    private volatile UnaryOperator<ObjectNode> answerChange = UnaryOperator.identity();

    Registrations(ReferenceLms lms) {
        this.lms = lms;
    }

    /** The administrator pasted a tool's registration address. Gives the address that the frame is sent to. */
    public URI begin(Mode mode, URI toolUrl) {
        return initiation(start(mode, toolUrl, null));
    }

    /** The administrator of Moodle pasted it and chose to update this tool. */
    public URI beginUpdate(Tool tool, URI toolUrl) {
        return initiation(start(tool.mode(), toolUrl, tool));
    }

    Registering start(Mode mode, URI toolUrl, Tool renewed) {
        String id = Launches.randomText();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", renewed == null ? id : renewed.deployments().get(0));
        claims.put("scope", renewed == null ? "reg" : "reg-update");
        claims.put("jti", id);
        String token = mode == Mode.GENERIC ? null : sign(claims);
        Instant expires = lms.clock().instant().plus(TOKEN_LIFE);
        var registering = new Registering(id, mode, toolUrl, token, renewed, expires, new AtomicBoolean());
        begun.put(id, registering);
        return registering;
    }

    private String sign(Map<String, Object> claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(lms.keys().current().getKeyID())
                            .build(),
                    JWTClaimsSet.parse(claims));
            token.sign(lms.keys().signer());
            return token.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The query that the tool's own address may have stays. */
    URI initiation(Registering registering) {
        String query = "openid_configuration=" + encode(lms.issuer() + configurationPath(registering.mode()))
                + (registering.token() == null ? "" : "&registration_token=" + encode(registering.token()));
        String url = registering.toolUrl().toString();
        return URI.create(url + (url.contains("?") ? "&" : "?") + query);
    }

    static String configurationPath(Mode mode) {
        return switch (mode) {
            case MOODLE -> "/mod/lti/openid-configuration.php";
            case CANVAS -> "/api/lti/security/openid-configuration";
            case GENERIC -> "/.well-known/openid-configuration";
        };
    }

    Optional<Registering> begun(String id) {
        return Optional.ofNullable(begun.get(id));
    }

    Optional<Registering> byToken(String token) {
        return begun.values().stream()
                .filter(registering -> token.equals(registering.token()))
                .findFirst();
    }

    /** Takes in what a tool asked for, and gives the client id. */
    Tool accept(Registering registering, ToolRequest request) {
        Tool renewed = registering == null ? null : registering.renewed();
        Mode mode = registering == null ? Mode.GENERIC : registering.mode();
        String clientId = renewed == null ? newClientId(mode) : renewed.clientId();
        List<String> deployments = renewed != null
                ? renewed.deployments()
                : mode == Mode.CANVAS ? List.of() : List.of(Integer.toString(numbers.incrementAndGet()));
        Tool tool = request.tool(clientId, deployments, mode);
        RegisteredTool before = tools.get(clientId);
        tools.put(clientId, new RegisteredTool(tool, before != null && before.ready(), false, request.places()));
        if (before != null && before.ready()) {
            lms.register(tool);
        }
        return tool;
    }

    private String newClientId(Mode mode) {
        return mode == Mode.CANVAS
                ? "10000000000" + numbers.incrementAndGet()
                : Launches.randomText().replaceAll("[^A-Za-z]", "x").substring(0, 15);
    }

    public List<RegisteredTool> all() {
        synchronized (tools) {
            return List.copyOf(tools.values());
        }
    }

    public Optional<RegisteredTool> find(String clientId) {
        return Optional.ofNullable(tools.get(clientId));
    }

    /** Moodle's administrator presses Activate. A course with the tool is there after it. */
    public Tool activate(String clientId) {
        return open(tools.get(clientId).tool());
    }

    /** Canvas's administrator confirms what the tool asks for. */
    public void confirm(String clientId) {
        tools.computeIfPresent(clientId, (id, tool) -> tool.confirm());
    }

    /** Canvas's administrator installs the app, which makes a deployment. A course with the tool is there after it. */
    public Tool install(String clientId) {
        String deployment = numbers.incrementAndGet() + ":"
                + UUID.nameUUIDFromBytes(clientId.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "") + "00000000";
        return open(tools.get(clientId).tool().withDeployment(deployment));
    }

    private Tool open(Tool tool) {
        tools.computeIfPresent(tool.clientId(), (id, registered) -> registered.open(tool));
        lms.register(tool);
        lms.addCourse("Course of " + tool.mode().label() + " " + tool.clientId().substring(11), "REG", 5, tool);
        return tool;
    }

    // ---- for tests

    /** Changes what the LMS says of itself from now on. */
    public void tamperWithConfiguration(UnaryOperator<ObjectNode> change) {
        configurationChange = change;
    }

    /** Changes what the LMS answers to registrations that it accepts. */
    public void tamperWithAnswer(UnaryOperator<ObjectNode> change) {
        answerChange = change;
    }

    /** Answers the next registration so, without taking it in. */
    public void refuseNext(int status, String contentType, String body) {
        refusal.set(Answer.of(status, contentType, body));
    }

    Optional<Answer> refusal() {
        return Optional.ofNullable(refusal.getAndSet(null));
    }

    ObjectNode configuration(ObjectNode said) {
        return configurationChange.apply(said);
    }

    ObjectNode answer(ObjectNode said) {
        return answerChange.apply(said);
    }

    void received(ObjectNode request, String authorization) {
        requests.add(request);
        authorizations.add(authorization);
    }

    /** What tools have sent, accepted or not. */
    public List<ObjectNode> requests() {
        return List.copyOf(requests);
    }

    /** The {@code Authorization} header of each of them, empty where there was none. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
