package dev.laurel.context;

import dev.laurel.launch.RoleVocabulary;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.ServiceReader;
import dev.laurel.platform.tool.LtiScope;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads a whole roster over NRPS. A link is named only where asked for. Neither {@code limit} nor {@code role} is sent: Moodle forgets the role on the next
 * page, and Canvas gives its largest page by itself.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-nrps/v2p0">Names and Role Provisioning Services 2.0</a>
 */
@Component
class RosterReader {

    private static final String ACCEPT = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";

    private static final Set<String> SCOPES = Set.of(LtiScope.MEMBERSHIP_READ.uri());

    private static final String CUSTOM = "https://purl.imsglobal.org/spec/lti/claim/custom";

    private static final Set<Integer> REFUSALS_OF_A_LINK = Set.of(400, 404, 412, 422);

    /** What fits into the sealed column. */
    private static final int LONGEST_SUB = 1_000;

    private final ServiceReader services;

    RosterReader(ServiceReader services) {
        this.services = services;
    }

    /** One member as the platform lists them. */
    record Entry(
            String sub,
            Set<Role> roles,
            boolean active,
            Profile profile,
            @Nullable String platformUser,
            @Nullable GroupIds groups) {}

    /**
     * Every member, each once.
     *
     * @param linkId the link whose messages are asked for too; {@code null}: none. Where the platform does not want to hear
     *     of it, the list is read without
     * @throws ServiceProblem unless the whole list could be read
     */
    List<Entry> read(long registrationId, URI memberships, @Nullable String linkId) {
        if (linkId != null) {
            try {
                return read(registrationId, ofLink(memberships, linkId));
            } catch (ServiceProblem problem) {
                if (!REFUSALS_OF_A_LINK.contains(problem.status())) {
                    throw problem;
                }
            }
        }
        return read(registrationId, memberships);
    }

    private static URI ofLink(URI memberships, String linkId) {
        return URI.create(memberships + (memberships.getRawQuery() == null ? "?" : "&") + "rlid="
                + URLEncoder.encode(linkId, StandardCharsets.UTF_8));
    }

    /**
     * Every member, each once, without naming a link.
     *
     * @throws ServiceProblem unless the whole list could be read
     */
    List<Entry> read(long registrationId, URI memberships) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (JsonNode page : services.pages(registrationId, SCOPES, memberships, ACCEPT)) {
            JsonNode members = page.get("members");
            if (members == null || !members.isArray()) {
                throw ServiceProblem.unreadable("The LMS's list of members has no members in it. Nothing was changed.");
            }
            for (JsonNode member : members) {
                Entry entry = entry(member);
                entries.merge(entry.sub(), entry, RosterReader::both);
            }
        }
        return List.copyOf(entries.values());
    }

    private static Entry entry(JsonNode member) {
        JsonNode userId = member.get("user_id");
        if (userId == null || !(userId.isString() || userId.isIntegralNumber())) {
            throw ServiceProblem.unreadable("The LMS lists a member without saying who it is. Nothing was changed.");
        }
        String sub = userId.asString();
        if (sub.isEmpty() || PersonSeal.exactBytes(sub).length > LONGEST_SUB) {
            throw ServiceProblem.unreadable(
                    "The LMS lists a member under a name that is no name. Nothing was changed.");
        }
        List<String> roles = new ArrayList<>();
        JsonNode said = member.get("roles");
        if (said != null && said.isString()) {
            roles.add(said.asString());
        } else if (said != null) {
            said.forEach(role -> {
                if (role.isString()) {
                    roles.add(role.asString());
                }
            });
        }
        String status = text(member, "status");
        return new Entry(
                sub,
                RoleVocabulary.inContext(roles),
                status == null || status.equalsIgnoreCase("Active"),
                PersonSeal.profile(
                        text(member, "name"),
                        text(member, "given_name"),
                        text(member, "family_name"),
                        text(member, "email"),
                        text(member, "lis_person_sourcedid")),
                platformUser(member),
                GroupIds.of(custom(member)));
    }

    /** Custom parameters as a launch by this member would have them. */
    private static Map<String, String> custom(JsonNode member) {
        Map<String, String> custom = new HashMap<>();
        for (JsonNode message : member.path("message")) {
            for (Map.Entry<String, JsonNode> parameter : message.path(CUSTOM).properties()) {
                if (parameter.getValue().isValueNode() && !parameter.getValue().isNull()) {
                    custom.put(parameter.getKey(), parameter.getValue().asString());
                }
            }
        }
        return custom;
    }

    /** Canvas names it beside the custom parameters too. */
    private static @Nullable String platformUser(JsonNode member) {
        for (JsonNode message : member.path("message")) {
            JsonNode id = message.path("https://www.instructure.com/canvas_user_id");
            if (id.isString() || id.isIntegralNumber()) {
                return PlatformUserId.usable(id.asString());
            }
        }
        return PlatformUserId.of(custom(member));
    }

    private static @Nullable String text(JsonNode member, String name) {
        JsonNode value = member.get(name);
        return value == null || !value.isString() ? null : value.asString();
    }

    /** Some platforms list a person once per section: every role counts, and one active place is enough. */
    private static Entry both(Entry one, Entry other) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(one.roles());
        roles.addAll(other.roles());
        return new Entry(
                one.sub(),
                roles,
                one.active() || other.active(),
                PersonSeal.merge(one.profile(), other.profile()),
                one.platformUser() == null ? other.platformUser() : one.platformUser(),
                both(one.groups(), other.groups()));
    }

    private static @Nullable GroupIds both(@Nullable GroupIds one, @Nullable GroupIds other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<String> ids = new HashSet<>(one.ids());
        ids.addAll(other.ids());
        return new GroupIds(ids);
    }
}
