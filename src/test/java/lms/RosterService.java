package lms;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and Role Provisioning Services 2.0.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-nrps/v2p0">NRPS 2.0</a>
 */
final class RosterService {

    /** What older Canvas servers say. */
    private static final String OLD_TYPE = "application/vnd.ims.lis.v2.membershipcontainer+json";

    private final ReferenceLms lms;

    private final ServiceGate gate;

    RosterService(ReferenceLms lms, Tokens tokens) {
        this.lms = lms;
        this.gate = new ServiceGate(lms, tokens);
    }

    void addTo(LmsServer server) {
        server.route(
                "GET",
                Urls.ROSTER,
                Service.ROSTER,
                call -> gate.admit(call, LtiNames.TYPE_ROSTER, this::roster, LtiNames.SCOPE_ROSTER));
    }

    private Answer roster(ServiceGate.Visit visit) {
        Course course = visit.course();
        Map<String, String> query = visit.call().query();
        String linkId = query.get("rlid");
        boolean named = linkId == null
                || course.link(linkId).isPresent()
                || visit.mode() == Mode.CANVAS && linkId.equals(course.contextId(visit.tool()));
        if (!named) {
            return ServiceGate.error(404, "There is no such link");
        }
        String role = query.get("role");
        List<LmsUser> people = course.people().stream()
                .filter(person -> visit.mode() == Mode.GENERIC || course.isActive(person))
                .filter(person -> role == null || hasRole(visit.mode(), person, role))
                .toList();
        int largest = visit.mode() == Mode.CANVAS ? Math.min(50, lms.pageSize()) : lms.pageSize();
        Paging<LmsUser> page =
                Paging.of(people, query, visit.urls().roster(), new Paging.Size(largest, largest), visit.mode());
        var body = new LinkedHashMap<String, Object>();
        body.put("id", visit.urls().roster());
        body.put(
                "context",
                Map.of("id", course.contextId(visit.tool()), "label", course.label(), "title", course.title()));
        body.put(
                "members",
                lms.disorder().of(page.entries()).stream()
                        .map(person -> member(visit, person, linkId != null))
                        .toList());
        String type = visit.mode() == Mode.CANVAS ? OLD_TYPE : LtiNames.TYPE_ROSTER;
        Answer answer = Answer.ok(type, body);
        if (visit.mode() == Mode.GENERIC && page.next().isEmpty()) {
            return answer.with("Link", "<" + visit.urls().roster() + "?since=1>; rel=\"differences\"");
        }
        return page.link(answer, false);
    }

    private static boolean hasRole(Mode mode, LmsUser person, String role) {
        return person.role().inRoster(mode).stream().anyMatch(own -> own.equals(role) || own.endsWith("#" + role));
    }

    private Map<String, Object> member(ServiceGate.Visit visit, LmsUser person, boolean ofLink) {
        Course course = visit.course();
        var member = new LinkedHashMap<String, Object>();
        member.put("status", course.statusOf(person));
        member.put("user_id", person.id());
        member.put("roles", person.role().inRoster(visit.mode()));
        if (visit.tool().getsNames()) {
            member.put("name", person.name());
            member.put("given_name", person.givenName());
            member.put("family_name", person.familyName());
            if (person.email() != null) {
                member.put("email", person.email());
            }
        }
        if (lms.sisIdOf(person) != null) {
            member.put("lis_person_sourcedid", lms.sisIdOf(person));
        }
        if (visit.mode() == Mode.CANVAS) {
            member.put("lti11_legacy_user_id", Course.opaque("user:" + person.id()));
        }
        if (ofLink) {
            member.put("message", List.of(message(visit, person)));
        }
        return member;
    }

    /** What a launch by this person would say beyond the above; Moodle leaves the custom parameters out. */
    private Map<String, Object> message(ServiceGate.Visit visit, LmsUser person) {
        var message = new LinkedHashMap<String, Object>();
        message.put(LtiNames.MESSAGE_TYPE, "LtiResourceLinkRequest");
        if (visit.mode() != Mode.MOODLE) {
            message.put(
                    LtiNames.CUSTOM,
                    Variables.of(lms, visit.tool(), visit.course(), null, person)
                            .custom(visit.tool()));
        }
        return message;
    }
}
