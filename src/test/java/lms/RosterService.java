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
        if (linkId != null && course.link(linkId).isEmpty()) {
            return ServiceGate.error(404, "There is no such link");
        }
        String role = query.get("role");
        List<LmsUser> people = course.people().stream()
                .filter(person -> lms.mode() != Mode.MOODLE || course.isActive(person))
                .filter(person -> role == null || hasRole(person, role))
                .toList();
        Paging<LmsUser> page = Paging.of(people, query, visit.urls().roster(), lms.pageSize());
        var body = new LinkedHashMap<String, Object>();
        body.put("id", visit.urls().roster());
        body.put("context", Map.of("id", course.id(), "label", course.label(), "title", course.title()));
        body.put(
                "members",
                page.entries().stream()
                        .map(person -> member(visit.tool(), course, person))
                        .toList());
        return page.link(Answer.of(200, LtiNames.TYPE_ROSTER + "; charset=utf-8", Json.write(body)), false);
    }

    private boolean hasRole(LmsUser person, String role) {
        return person.role().inRoster(lms.mode()).stream()
                .anyMatch(own -> own.equals(role) || own.endsWith("#" + role));
    }

    private Map<String, Object> member(Tool tool, Course course, LmsUser person) {
        var member = new LinkedHashMap<String, Object>();
        member.put("status", course.isActive(person) ? "Active" : "Inactive");
        member.put("user_id", person.id());
        member.put("roles", person.role().inRoster(lms.mode()));
        if (tool.getsNames()) {
            member.put("name", person.name());
            member.put("given_name", person.givenName());
            member.put("family_name", person.familyName());
            member.put("email", person.email());
        }
        return member;
    }
}
