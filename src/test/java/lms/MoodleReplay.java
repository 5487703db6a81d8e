package lms;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Plays back what a real Moodle 4.5 said: its captured login initiations and launches, re-signed with a key of its own,
 * and its token, AGS and NRPS answers, with bodies, content types and Link headers as they were. Only hosts, nonce and the
 * times of an id_token are rewritten, as far as the replay must be reached.
 */
public final class MoodleReplay implements AutoCloseable {

    private static final String PLATFORM = "https://localhost:8443";

    private static final List<String> TOOL_URLS = List.of(
            "https://localhost:9443/launch",
            "https://localhost:9443/deeplink",
            "https://localhost:9443/review",
            "https://127.0.0.1:9444/launch");

    /** A captured launch: the login that began it and the claims that Moodle signed. */
    public record Captured(
            String name, Map<String, String> login, Map<String, Object> header, Map<String, Object> claims) {

        public String clientId() {
            return (String) claims.get("aud");
        }

        public String deploymentId() {
            return (String) claims.get(LtiNames.DEPLOYMENT_ID);
        }

        public String sub() {
            return (String) claims.get("sub");
        }

        public String messageType() {
            return (String) claims.get(LtiNames.MESSAGE_TYPE);
        }
    }

    /** What the captured web services ask for here; the real one was not captured. */
    public static final String WEB_SERVICE_TOKEN = "0123456789abcdef0123456789abcdef";

    private final LmsServer server;

    private final String base;

    private final URI laurel;

    private final Path folder;

    private final Keys keys = new Keys();

    private final Map<String, Captured> launches = new TreeMap<>();

    private final Map<String, Captured> byHint = new LinkedHashMap<>();

    private final List<Exchange> tokens;

    private final List<Exchange> services;

    private volatile boolean inPages;

    private volatile boolean withAssistant;

    private MoodleReplay(Path shared, URI laurel) throws IOException {
        this.laurel = laurel;
        this.folder = shared.resolve("fixtures/moodle");
        server = new LmsServer(0);
        base = "http://127.0.0.1:" + server.port();
        readLaunches();
        tokens = exchanges("token.json").toList();
        services = Stream.of("ags-lineitems.json", "ags-results.json", "ags-scores.json", "nrps.json")
                .flatMap(this::exchanges)
                .toList();
        new MoodleWebServiceReplay(json("webservices.json"), WEB_SERVICE_TOKEN).addTo(server);
        server.route("GET", "/mod/lti/certs.php", Service.JWKS, call -> Answer.json(200, jwks()));
        server.route("GET|POST", "/mod/lti/auth.php", Service.AUTHORIZATION, this::authorize);
        server.route("POST", "/mod/lti/token.php", Service.TOKEN, this::token);
        server.route("GET|POST|PUT|DELETE", "/mod/lti/services.php/.*/memberships", Service.ROSTER, this::serve);
        server.route("GET|POST|PUT|DELETE", "/mod/lti/services.php/.*/results", Service.RESULTS, this::serve);
        server.route("GET|POST|PUT|DELETE", "/mod/lti/services.php/.*/scores", Service.SCORES, this::serve);
        server.route("GET|POST|PUT|DELETE", "/mod/lti/services.php/.*", Service.LINE_ITEMS, this::serve);
        server.start();
    }

    /**
     * Starts on a free port.
     *
     * @param shared the folder with the fixtures
     * @param laurel the public URL of the tool that the launches go to
     */
    public static MoodleReplay start(Path shared, URI laurel) {
        try {
            return new MoodleReplay(shared, laurel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    public String issuer() {
        return base;
    }

    /** Every captured launch, by name. */
    public List<Captured> launches() {
        return List.copyOf(launches.values());
    }

    public Captured launch(String name) {
        return Optional.ofNullable(launches.get(name)).orElseThrow();
    }

    /** The login initiation as Moodle's page posted it. */
    public LaunchStart begin(Captured launch) {
        return new LaunchStart(laurel.resolve("/lti/login"), launch.login());
    }

    /** Lets lists come in the captured pages of a few entries, although the tool asked for all. */
    public void answerInPages(boolean pages) {
        inPages = pages;
    }

    /**
     * Adds the assistant and the administrator, whom Moodle listed another time, to the roster: both enrolled as students,
     * and the assistant called Learner.
     */
    public void listAssistantAndAdministrator(boolean listed) {
        withAssistant = listed;
    }

    public long calls(Service service) {
        return server.calls(service);
    }

    public String registrationsYaml() {
        return RegistrationsFile.of(facts());
    }

    /** One registration for each tool type that Moodle had. */
    public List<PlatformFacts> facts() {
        Map<String, TreeSet<String>> deployments = launches.values().stream()
                .collect(Collectors.groupingBy(
                        Captured::clientId,
                        TreeMap::new,
                        Collectors.mapping(Captured::deploymentId, Collectors.toCollection(TreeSet::new))));
        return deployments.entrySet().stream()
                .map(client -> new PlatformFacts(
                        base,
                        client.getKey(),
                        "Moodle " + client.getKey(),
                        base + "/mod/lti/auth.php",
                        base + "/mod/lti/token.php",
                        base + "/mod/lti/certs.php",
                        "Moodle replay",
                        false,
                        List.copyOf(client.getValue())))
                .toList();
    }

    public Path writeRegistrations(Path file) {
        return RegistrationsFile.write(file, registrationsYaml());
    }

    // ---- launches

    private void readLaunches() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String fileName = file.getFileName().toString();
                if (fileName.endsWith(".launch.json")) {
                    String name = fileName.substring(0, fileName.length() - ".launch.json".length());
                    Captured launch = read(name);
                    launches.put(name, launch);
                    byHint.put(launch.login().get("lti_message_hint"), launch);
                }
            }
        }
    }

    private Captured read(String name) {
        JsonNode launch = json(name + ".launch.json");
        JsonNode login = json(name + ".login-initiation.json");
        return new Captured(
                name,
                Json.MAPPER.convertValue(login.path("params"), new TypeReference<Map<String, String>>() {}),
                members(launch.path("header")),
                members(launch.path("payload")));
    }

    private static Map<String, Object> members(JsonNode object) {
        return Json.MAPPER.convertValue(object, new TypeReference<Map<String, Object>>() {});
    }

    private JsonNode json(String file) {
        try {
            String text = Files.readString(folder.resolve(file)).replace(PLATFORM, base);
            for (String toolUrl : TOOL_URLS) {
                text = text.replace(toolUrl, laurel.resolve("/lti/launch").toString());
            }
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moodle's key has the captured kid; only its numbers are ours. */
    private String jwks() {
        String kid = (String) launches.values().iterator().next().header().get("kid");
        return keys.jwks().replace("\"" + keys.current().getKeyID() + "\"", "\"" + kid + "\"");
    }

    private Answer authorize(Call call) {
        Map<String, String> request = call.parameters();
        Captured launch = byHint.get(request.getOrDefault("lti_message_hint", ""));
        String redirectUri = laurel.resolve("/lti/launch").toString();
        boolean valid = launch != null
                && redirectUri.equals(request.get("redirect_uri"))
                && "openid".equals(request.get("scope"))
                && !request.getOrDefault("nonce", "").isEmpty();
        if (!valid) {
            return Answer.html(404, Html.message("Invalid request", "error/moodle/invalidrequest"));
        }
        String state = request.getOrDefault("state", "");
        Optional<String> error = error(request, launch);
        Map<String, String> fields = error.isPresent()
                ? Map.of("error", error.get(), "state", state)
                : Map.of("id_token", idToken(launch, request.get("nonce")).serialize(), "state", state);
        return Answer.html(200, Html.autoPost("Redirecting", redirectUri, fields));
    }

    private static Optional<String> error(Map<String, String> request, Captured launch) {
        if (!launch.clientId().equals(request.get("client_id"))) {
            return Optional.of("unauthorized_client");
        }
        if (!launch.login().get("login_hint").equals(request.get("login_hint"))) {
            return Optional.of("access_denied");
        }
        boolean modes = "form_post".equals(request.get("response_mode"))
                && "id_token".equals(request.get("response_type"))
                && "none".equals(request.getOrDefault("prompt", "none"));
        return modes ? Optional.empty() : Optional.of("invalid_request");
    }

    /** The captured id_token with this nonce, alive now for as long as it was then. */
    public LaunchBuilder idToken(Captured launch, String nonce) {
        long now = System.currentTimeMillis() / 1000;
        long lifetime = ((Number) launch.claims().get("exp")).longValue()
                - ((Number) launch.claims().get("iat")).longValue();
        var builder = new LaunchBuilder(keys.current(), keys.signer(), launch.claims())
                .claim("nonce", nonce)
                .claim("iat", now)
                .claim("exp", now + lifetime);
        launch.header().forEach(builder::header);
        return builder;
    }

    // ---- services

    /** A captured request and answer. */
    private record Exchange(
            String name,
            String method,
            URI url,
            Map<String, String> requestHeaders,
            String requestBody,
            int status,
            String contentType,
            Optional<String> link,
            String body) {

        boolean wasAuthorized() {
            return requestHeaders.getOrDefault("Authorization", "").equals("Bearer <token>");
        }

        boolean isGood() {
            return status < 300;
        }

        String requestType() {
            return requestHeaders.getOrDefault(method.equals("GET") ? "Accept" : "Content-Type", "");
        }

        Answer answer() {
            Answer answer = Answer.of(status, contentType, body);
            return link.map(value -> answer.with("Link", value)).orElse(answer);
        }
    }

    private Stream<Exchange> exchanges(String file) {
        var exchanges = new ArrayList<Exchange>();
        for (JsonNode node : json(file)) {
            JsonNode request = node.path("request");
            JsonNode response = node.path("response");
            JsonNode body = response.path("body");
            // The capture kept header bytes as ISO 8859-1; the curly quotes in them are UTF-8.
            Optional<String> link = Optional.of(response.path("headers").path("link"))
                    .filter(JsonNode::isString)
                    .map(value ->
                            new String(value.asString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            exchanges.add(new Exchange(
                    node.path("name").asString(),
                    request.path("method").asString(),
                    URI.create(request.path("url").asString()),
                    Json.MAPPER.convertValue(request.path("headers"), new TypeReference<Map<String, String>>() {}),
                    request.path("body").isString() ? request.path("body").asString() : "",
                    response.path("status").asInt(),
                    response.path("headers").path("content-type").asString("text/html; charset=utf-8"),
                    link,
                    body.isString() ? body.asString() : Json.write(body)));
        }
        return exchanges.stream();
    }

    private Answer token(Call call) {
        Map<String, String> form = call.form();
        String client = subject(form.getOrDefault("client_assertion", ""));
        // Clients whose token was not captured get the answer of the one with all services.
        return tokens.stream()
                .filter(exchange -> asksFor(exchange, client, form.getOrDefault("scope", "")))
                .findFirst()
                .or(() -> tokens.stream()
                        .filter(exchange -> client.equals(subject(assertion(exchange))))
                        .findFirst())
                .orElse(tokens.get(0))
                .answer();
    }

    private static boolean asksFor(Exchange exchange, String client, String scope) {
        return client.equals(subject(assertion(exchange)))
                && scope.equals(Call.parameters(exchange.requestBody()).get("scope"));
    }

    private static String assertion(Exchange exchange) {
        return Call.parameters(exchange.requestBody()).getOrDefault("client_assertion", "");
    }

    private static String subject(String assertion) {
        try {
            return Optional.ofNullable(
                            SignedJWT.parse(assertion).getJWTClaimsSet().getSubject())
                    .orElse("");
        } catch (ParseException e) {
            return "";
        }
    }

    private Answer serve(Call call) {
        boolean known = call.bearerToken()
                .filter(token ->
                        tokens.stream().anyMatch(exchange -> exchange.body().contains(token)))
                .isPresent();
        if (!known) {
            return first(exchange -> exchange.name().equals("bad token"))
                    .orElseThrow()
                    .answer();
        }
        String path = call.path();
        String query = LaunchStart.encode(call.query());
        String type = call.header(call.method().equals("GET") ? "Accept" : "Content-Type")
                .orElse("");
        Predicate<Exchange> samePath = exchange -> exchange.wasAuthorized()
                && exchange.method().equals(call.method())
                && exchange.url().getPath().equals(path);
        Predicate<Exchange> sameQuery =
                exchange -> LaunchStart.encode(Call.parameters(exchange.url().getRawQuery()))
                        .equals(query);
        if (withAssistant && path.endsWith("/CourseSection/2/bindings/1/memberships")) {
            return rosterWithAssistant();
        }
        Predicate<Exchange> sameType = exchange -> exchange.requestType().equals(type);
        if (inPages && !call.query().containsKey("limit")) {
            Optional<Exchange> page = firstPage(samePath.and(sameType).and(Exchange::isGood));
            if (page.isPresent()) {
                return page.get().answer();
            }
        }
        return first(samePath.and(sameQuery).and(sameType).and(Exchange::isGood))
                .or(() -> first(samePath.and(sameQuery).and(sameType)))
                .or(() -> first(samePath.and(sameType).and(Exchange::isGood)))
                .map(Exchange::answer)
                .orElseGet(() -> uncaptured(call, type));
    }

    private Answer rosterWithAssistant() {
        Exchange all = first(exchange -> exchange.name().equals("all")).orElseThrow();
        JsonNode roster = Json.MAPPER.readTree(all.body());
        var members = (ArrayNode) roster.path("members");
        for (JsonNode more : json("nrps-ta-and-admin.json")) {
            boolean listed = members.valueStream()
                    .anyMatch(member -> member.path("user_id").equals(more.path("user_id")));
            if (!listed) {
                members.add(more);
            }
        }
        return Answer.of(200, all.contentType(), Json.write(roster));
    }

    /** The captured first page with a next one: the smallest, so that the pages are most. */
    private Optional<Exchange> firstPage(Predicate<Exchange> candidates) {
        return services.stream()
                .filter(candidates)
                .filter(exchange ->
                        exchange.link().filter(link -> link.contains("next")).isPresent())
                .filter(exchange -> !exchange.url().getQuery().contains("from="))
                .filter(exchange -> !exchange.url().getQuery().contains("role="))
                .filter(exchange -> !exchange.url().getQuery().contains("rlid="))
                .max(Comparator.comparingInt(exchange -> exchange.body().length()));
    }

    /** What was never asked of that Moodle is answered as it answers the like. */
    private Answer uncaptured(Call call, String type) {
        if (call.path().endsWith("/scores")) {
            return named("score ok");
        }
        return switch (type) {
            case LtiNames.TYPE_LINE_ITEMS -> named("other course (site course 1)");
            case LtiNames.TYPE_RESULTS -> named("user without grade");
            case LtiNames.TYPE_LINE_ITEM -> named("A reads unknown item");
            default -> named("Accept application/json");
        };
    }

    private Answer named(String name) {
        return first(exchange -> exchange.name().equals(name)).orElseThrow().answer();
    }

    private Optional<Exchange> first(Predicate<Exchange> wanted) {
        return services.stream().filter(wanted).findFirst();
    }
}
