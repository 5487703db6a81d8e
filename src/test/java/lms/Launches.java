package lms;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Launches that were begun and wait for the tool's authentication request, and the id_tokens they end in. */
final class Launches {

    private static final Duration HINT_LIFETIME = Duration.ofMinutes(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * A launch that was begun.
     *
     * @param course {@code null} outside a course
     * @param link {@code null} where the message is about none
     * @param more claims of this message alone
     */
    record Pending(
            Tool tool,
            String deploymentId,
            Course course,
            ResourceLink link,
            LmsUser user,
            String messageType,
            Map<String, Object> more,
            Instant begun) {}

    private final ReferenceLms lms;

    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    /** Moodle's course modules: a link as one person opens it, because here everybody acts as anybody. */
    private final List<Pending> modules = new CopyOnWriteArrayList<>();

    private volatile boolean hintsCountOnce = true;

    private volatile Instant forgotten = Instant.EPOCH;

    Launches(ReferenceLms lms) {
        this.lms = lms;
    }

    LaunchStart begin(Course course, ResourceLink link, LmsUser user) {
        return begin(lms.toolOf(link), course, link, user, "LtiResourceLinkRequest", Map.of());
    }

    LaunchStart begin(Tool tool, LmsUser user) {
        return begin(tool, null, null, user, "LtiResourceLinkRequest", Map.of());
    }

    /** Begins any message. */
    LaunchStart begin(
            Tool tool, Course course, ResourceLink link, LmsUser user, String messageType, Map<String, Object> more) {
        String deployment = link == null ? tool.deployments().get(0) : link.deploymentId();
        return begin(new Pending(tool, deployment, course, link, user, messageType, more, now()));
    }

    private LaunchStart begin(Pending launch) {
        forgetOld();
        String hint = hint(launch);
        pending.put(hint, launch);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("iss", lms.issuer());
        parameters.put("target_link_uri", launch.tool().targetLinkUri().toString());
        parameters.put("login_hint", launch.user().id());
        parameters.put("lti_message_hint", hint);
        parameters.put("client_id", launch.tool().clientId());
        parameters.put("lti_deployment_id", launch.deploymentId());
        if (launch.tool().mode() == Mode.CANVAS) {
            parameters.put("deployment_id", launch.deploymentId());
            parameters.put("canvas_region", "us-east-1");
            parameters.put("canvas_environment", "production");
        }
        return new LaunchStart(launch.tool().loginUrl(), parameters);
    }

    /** The link of a course module of Moodle, opened once more. */
    Optional<LaunchStart> again(String module) {
        return modules.stream()
                .filter(known -> module(known).equals(module))
                .findFirst()
                .map(known -> begin(new Pending(
                        known.tool(),
                        known.deploymentId(),
                        known.course(),
                        known.link(),
                        known.user(),
                        known.messageType(),
                        known.more(),
                        now())));
    }

    private String module(Pending launch) {
        Pending timeless = new Pending(
                launch.tool(),
                launch.deploymentId(),
                launch.course(),
                launch.link(),
                launch.user(),
                launch.messageType(),
                launch.more(),
                Instant.EPOCH);
        if (!modules.contains(timeless)) {
            modules.add(timeless);
        }
        return Integer.toString(modules.indexOf(timeless) + 1);
    }

    /** Whether a hint is good for one launch only, as in Canvas and Moodle. */
    void hintsCountOnce(boolean once) {
        hintsCountOnce = once;
    }

    /** Opaque to the tool, but Moodle's is JSON, with what that needs of escaping. */
    private String hint(Pending launch) {
        return launch.tool().mode() == Mode.MOODLE
                ? Json.write(Map.of("cmid", Integer.parseInt(module(launch)), "launchid", "ltilaunch1_" + randomText()))
                : randomText();
    }

    /** Now and then, not at each of the many launches of a load. */
    private void forgetOld() {
        Instant now = now();
        if (pending.size() > 10_000
                && forgotten.plus(HINT_LIFETIME.dividedBy(10)).isBefore(now)) {
            forgotten = now;
            Instant tooOld = now.minus(HINT_LIFETIME);
            pending.values().removeIf(old -> old.begun().isBefore(tooOld));
        }
    }

    Optional<Pending> pending(String hint) {
        return Optional.ofNullable(hint)
                .map(pending::get)
                .filter(launch -> launch.begun().plus(HINT_LIFETIME).isAfter(now()));
    }

    /** True for exactly one caller: a hint is good for one launch. */
    boolean consume(String hint, Pending launch) {
        return hintsCountOnce ? pending.remove(hint, launch) : pending.containsKey(hint);
    }

    LaunchBuilder idToken(Pending launch, String nonce) {
        return new LaunchBuilder(lms.keys().current(), lms.keys().signer(), claims(launch, nonce));
    }

    private Map<String, Object> claims(Pending launch, String nonce) {
        Mode mode = launch.tool().mode();
        boolean moodle = mode == Mode.MOODLE;
        long now = now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", lms.issuer());
        claims.put("aud", launch.tool().clientId());
        if (!moodle) {
            claims.put("azp", launch.tool().clientId());
        }
        claims.put("iat", now);
        claims.put("exp", now + lifetime(mode));
        claims.put("nonce", nonce);
        claims.put("sub", launch.user().id());
        if (launch.tool().getsNames()) {
            claims.put("name", launch.user().name());
            claims.put("given_name", launch.user().givenName());
            claims.put("family_name", launch.user().familyName());
            if (launch.user().email() != null) {
                claims.put("email", launch.user().email());
            }
        }
        if (!moodle) {
            claims.put("locale", "en");
        }
        claims.put(LtiNames.MESSAGE_TYPE, launch.messageType());
        claims.put(LtiNames.VERSION, "1.3.0");
        claims.put(LtiNames.DEPLOYMENT_ID, launch.deploymentId());
        claims.put(LtiNames.TARGET_LINK_URI, launch.tool().targetLinkUri().toString());
        claims.put(LtiNames.ROLES, launch.user().role().inLaunch(mode));
        claims.put(LtiNames.TOOL_PLATFORM, ReferenceLms.toolPlatform(mode));
        if (launch.course() == null) {
            claims.put(LtiNames.RESOURCE_LINK, Map.of("id", "institution", "title", "Badges of the institution"));
            claims.put(LtiNames.LAUNCH_PRESENTATION, presentation(lms.issuer() + "/"));
        } else {
            addCourse(claims, launch, moodle);
        }
        lms.notices()
                .claim(launch.tool(), launch.deploymentId())
                .ifPresent(claim -> claims.put(LtiNames.NOTIFICATION_SERVICE, claim));
        Map<String, Object> custom = custom(launch);
        if (!custom.isEmpty()) {
            claims.put(LtiNames.CUSTOM, custom);
        }
        if (mode == Mode.CANVAS) {
            addCanvas(claims, launch);
        } else if (moodle) {
            claims.put(LtiNames.EXT, Map.of("lms", "moodle-2"));
        }
        claims.putAll(launch.more());
        return claims;
    }

    private static long lifetime(Mode mode) {
        return switch (mode) {
            case GENERIC -> 300;
            case CANVAS -> 3600;
            case MOODLE -> 60;
        };
    }

    /** A link's own parameter takes the place of the tool's, but in Moodle. */
    private Map<String, Object> custom(Pending launch) {
        Variables variables = launch.course() == null
                ? Variables.ofInstitution(launch.tool(), launch.user())
                : Variables.of(lms, launch.tool(), launch.course(), launch.link(), launch.user());
        Map<String, Object> custom = variables.custom(launch.tool());
        if (launch.link() != null) {
            Map<String, String> own = launch.link().custom();
            if (launch.tool().mode() == Mode.MOODLE) {
                own.forEach(custom::putIfAbsent);
            } else {
                custom.putAll(own);
            }
        }
        return custom;
    }

    /** What only Canvas says; a course has no SIS id here, so its variable stands as it is. */
    private static void addCanvas(Map<String, Object> claims, Pending launch) {
        claims.put(LtiNames.LIS, Map.of("person_sourcedid", "$Person.sourcedId"));
        claims.put(
                "https://purl.imsglobal.org/spec/lti/claim/lti11_legacy_user_id",
                Course.opaque("user:" + launch.user().id()));
        boolean inMenu = launch.link() != null && launch.link().inMenu();
        claims.put("https://www.instructure.com/placement", inMenu ? "course_navigation" : null);
        claims.put("errors", Map.of("errors", Map.of()));
    }

    private void addCourse(Map<String, Object> claims, Pending launch, boolean moodle) {
        Course course = launch.course();
        if (launch.link() != null) {
            claims.put(
                    LtiNames.RESOURCE_LINK,
                    Map.of("id", launch.link().id(), "title", launch.link().title()));
        }
        List<LmsUser> observed = course.observedBy(launch.user());
        if (!observed.isEmpty()) {
            claims.put(
                    LtiNames.ROLE_SCOPE_MENTOR,
                    observed.stream().map(LmsUser::id).toList());
        }
        claims.put(
                LtiNames.CONTEXT,
                Map.of(
                        "id", course.contextId(launch.tool()),
                        "label", course.label(),
                        "title", course.title(),
                        "type",
                                List.of(
                                        moodle
                                                ? "CourseSection"
                                                : "http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering")));
        claims.put(LtiNames.LAUNCH_PRESENTATION, presentation(lms.issuer() + "/courses/" + course.id()));
        Urls urls = new Urls(lms, course, launch.tool());
        var scopes = launch.tool().scopes().stream()
                .filter(scope -> scope.startsWith("https://purl.imsglobal.org/spec/lti-ags/"))
                .sorted()
                .toList();
        if (!scopes.isEmpty()) {
            claims.put(LtiNames.AGS_ENDPOINT, agsEndpoint(launch, urls, scopes));
        }
        if (launch.tool().scopes().contains(LtiNames.SCOPE_ROSTER)) {
            claims.put(
                    LtiNames.NAMES_AND_ROLES,
                    Map.of("context_memberships_url", urls.roster(), "service_versions", List.of("2.0")));
        }
    }

    private static Map<String, Object> agsEndpoint(Pending launch, Urls urls, List<String> scopes) {
        var endpoint = new LinkedHashMap<String, Object>();
        endpoint.put("scope", scopes);
        endpoint.put("lineitems", urls.lineItems());
        List<Column> bound = launch.course().columns().stream()
                .filter(column -> launch.link() != null && column.belongsTo(launch.tool()))
                .filter(column -> launch.link().id().equals(column.details().resourceLinkId()))
                .toList();
        // A link with several columns has no "the" line item.
        if (bound.size() == 1) {
            endpoint.put("lineitem", urls.lineItem(bound.get(0)));
        }
        return endpoint;
    }

    private static Map<String, Object> presentation(String returnUrl) {
        return Map.of("document_target", "iframe", "return_url", returnUrl, "locale", "en");
    }

    static String randomText() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Instant now() {
        return lms.clock().instant();
    }
}
