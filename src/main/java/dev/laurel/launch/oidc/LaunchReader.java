package dev.laurel.launch.oidc;

import dev.laurel.launch.Launch;
import dev.laurel.launch.RoleVocabulary;
import dev.laurel.launch.session.Acting;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.ProductFamily;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns claims that hold into a {@link Launch}. What is optional and unusable is left out. */
final class LaunchReader {

    /** A substitution variable that the platform did not know, sent back as it was. */
    private static final Pattern UNRESOLVED = Pattern.compile("\\$[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9_]+)+");

    private static final String NOTICE_SCOPE = LtiScope.NOTICE_HANDLERS.uri();

    /** Canvas fills in who acts as somebody else, and leaves the variable as it is where nobody does. */
    private static final String MASQUERADING = "canvas_masquerading_user_id";

    private static final String MASQUERADING_VARIABLE = "$Canvas.masqueradingUser.id";

    /** Canvas fills in whether or which test copy it is; elsewhere it denies it or leaves the variable as it is. */
    private static final String TEST_COPY = "canvas_environment_test";

    private static final Set<String> DENIALS = Set.of("false", "0", "no", "production", "prod");

    private static final int LONGEST_TEXT = 500;

    private static final int LONGEST_URL = 2_000;

    private static final int LONGEST_LOCALE = 35;

    /** Parents have few children; whoever observes more is staff and should be that. */
    private static final int MOST_OBSERVED = 100;

    private LaunchReader() {}

    /** @param tells what is known of the platform and the login beside the token */
    static Launch read(
            Claims claims, Deployment deployment, TenantId tenant, Reference reference, Instant now, Tells tells) {
        Map<String, String> custom = custom(claims.object(ClaimNames.CUSTOM));
        Launch.@Nullable Course course = course(claims, custom);
        Acting acting = acting(claims, custom, tells);
        return new Launch(
                reference,
                tenant,
                deployment.registrationId(),
                deployment.pk(),
                claims.text(ClaimNames.MESSAGE_TYPE).orElseThrow(),
                user(claims),
                roles(claims, course != null, acting, tells),
                course,
                link(claims),
                ags(claims.object(ClaimNames.AGS_ENDPOINT)),
                Claims.address(claims.object(ClaimNames.NRPS).get("context_memberships_url"))
                        .orElse(null),
                notices(claims.object(ClaimNames.NOTIFICATION_SERVICE)),
                Claims.address(claims.set().getClaim(ClaimNames.TARGET_LINK_URI))
                        .orElse(null),
                Claims.address(claims.object(ClaimNames.LAUNCH_PRESENTATION).get("return_url"))
                        .map(URI::toString)
                        .filter(url -> url.length() <= LONGEST_URL)
                        .orElse(null),
                custom,
                about(claims),
                DeepLinkingReader.read(claims),
                claims.text(ClaimNames.TOOL_PLATFORM, "product_family_code")
                        .filter(family -> family.matches("[A-Za-z0-9_.-]{1,100}"))
                        .orElse(null),
                now,
                acting);
    }

    /**
     * What is known beside the token.
     *
     * @param testCopy the registration is one of a test copy
     * @param loginSaysTestCopy the unsigned login request said so
     * @param realInstitution whether the institution has a platform that is no test copy; asked only where it matters
     */
    record Tells(boolean testCopy, boolean loginSaysTestCopy, BooleanSupplier realInstitution) {}

    private static Acting acting(Claims claims, Map<String, String> custom, Tells tells) {
        String environment = custom.get(TEST_COPY);
        boolean testCopy =
                tells.testCopy() || (environment != null && !DENIALS.contains(environment.toLowerCase(Locale.ROOT)));
        if (custom.containsKey(MASQUERADING)) {
            return new Acting(Acting.ReadOnly.MASQUERADING, testCopy);
        }
        if (isMaskHidden(claims)) {
            return new Acting(Acting.ReadOnly.UNPROVEN_PERSON, testCopy);
        }
        boolean unproven = tells.loginSaysTestCopy() && !testCopy;
        return new Acting(unproven ? Acting.ReadOnly.UNPROVEN_TEST_COPY : null, testCopy);
    }

    /**
     * Canvas leaves the variable as it is where nobody acts as somebody else. Where it is gone, a parameter of the link
     * itself stands in its place, and somebody may.
     */
    private static boolean isMaskHidden(Claims claims) {
        Map<?, ?> custom = claims.object(ClaimNames.CUSTOM);
        return custom.containsKey(MASQUERADING)
                && ProductFamily.of(claims.text(ClaimNames.TOOL_PLATFORM, "product_family_code")
                                .orElse(null))
                        == ProductFamily.CANVAS
                && !MASQUERADING_VARIABLE.equals(custom.get(MASQUERADING));
    }

    /** What a launch says of the place that it comes from, and nothing of the person. */
    static Deployment.Seen seen(Claims claims, Instant now) {
        return new Deployment.Seen(
                cut(claims.text(ClaimNames.TOOL_PLATFORM, "name"), 200),
                cut(claims.text(ClaimNames.TOOL_PLATFORM, "guid"), Deployment.Seen.LONGEST_GUID),
                cut(claims.text(ClaimNames.CONTEXT, "title"), 200),
                1,
                now);
    }

    private static @Nullable String cut(Optional<String> text, int longest) {
        return text.map(found -> Varchar.fit(found, longest)).orElse(null);
    }

    private static Launch.User user(Claims claims) {
        return new Launch.User(
                claims.text("sub").orElseThrow(),
                shortText(claims.text("name")),
                shortText(claims.text("given_name")),
                shortText(claims.text("family_name")),
                shortText(claims.text("email")),
                shortText(claims.text(ClaimNames.LIS, "person_sourcedid")),
                claims.text(ClaimNames.LAUNCH_PRESENTATION, "locale")
                        .or(() -> claims.text("locale"))
                        .filter(locale -> locale.length() <= LONGEST_LOCALE)
                        .orElse(null));
    }

    /** Whoever administers a copy to try things on may have no say in the institution that it is a copy of. */
    private static Set<Role> roles(Claims claims, boolean inContext, Acting acting, Tells tells) {
        List<String> names = claims.texts(ClaimNames.ROLES);
        if (inContext) {
            return RoleVocabulary.inContext(names);
        }
        Set<Role> roles = RoleVocabulary.outsideContext(names);
        return !roles.isEmpty() && acting.testCopy() && tells.realInstitution().getAsBoolean() ? Set.of() : roles;
    }

    private static Launch.@Nullable Course course(Claims claims, Map<String, String> custom) {
        return claims.text(ClaimNames.CONTEXT, "id")
                .map(id -> new Launch.Course(
                        id,
                        shortText(claims.text(ClaimNames.CONTEXT, "title")),
                        shortText(claims.text(ClaimNames.CONTEXT, "label")),
                        timeZone(custom.get("time_zone"))))
                .orElse(null);
    }

    private static Launch.@Nullable Link link(Claims claims) {
        return claims.text(ClaimNames.RESOURCE_LINK, "id")
                .map(id -> new Launch.Link(id, shortText(claims.text(ClaimNames.RESOURCE_LINK, "title"))))
                .orElse(null);
    }

    private static Launch.@Nullable AgsEndpoint ags(Map<?, ?> endpoint) {
        if (endpoint.isEmpty()) {
            return null;
        }
        return new Launch.AgsEndpoint(
                Claims.address(endpoint.get("lineitems")).orElse(null),
                Claims.address(endpoint.get("lineitem")).orElse(null),
                Set.copyOf(Claims.texts(endpoint.get("scope"))));
    }

    private static Launch.@Nullable NoticeService notices(Map<?, ?> service) {
        boolean granted = Claims.texts(service.get("scope")).contains(NOTICE_SCOPE);
        return Claims.address(service.get("platform_notification_service_url"))
                .filter(url -> granted && url.toString().length() <= LONGEST_URL)
                .map(url ->
                        new Launch.NoticeService(url, Set.copyOf(Claims.texts(service.get("notice_types_supported")))))
                .orElse(null);
    }

    /**
     * Texts, numbers and truth values as text; empty ones and variables that were not filled in say nothing. That a course
     * has no history is worth knowing: the parameter is there.
     */
    private static Map<String, String> custom(Map<?, ?> claim) {
        Map<String, String> custom = new TreeMap<>();
        claim.forEach((key, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                String text = value.toString();
                boolean says = !text.isBlank() || Launch.CONTEXT_HISTORY.equals(key);
                if (says && !UNRESOLVED.matcher(text).matches()) {
                    custom.put(String.valueOf(key), text);
                }
            }
        });
        return Map.copyOf(custom);
    }

    private static Launch.About about(Claims claims) {
        return new Launch.About(
                claims.text(ClaimNames.FOR_USER, "user_id")
                        .or(() -> claims.text(ClaimNames.CANVAS_STUDENT))
                        .orElse(null),
                claims.texts(ClaimNames.ROLE_SCOPE_MENTOR).stream()
                        .filter(sub -> !sub.isBlank())
                        .distinct()
                        .limit(MOST_OBSERVED)
                        .toList());
    }

    private static @Nullable String timeZone(@Nullable String name) {
        if (name == null) {
            return null;
        }
        try {
            return ZoneId.of(name).getId();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable String shortText(Optional<String> text) {
        return text.map(String::strip)
                .map(found -> Varchar.fit(found, LONGEST_TEXT))
                .orElse(null);
    }
}
