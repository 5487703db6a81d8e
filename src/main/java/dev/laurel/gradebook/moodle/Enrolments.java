package dev.laurel.gradebook.moodle;

import dev.laurel.context.Contexts;
import dev.laurel.launch.session.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Roles and groups of everybody who is enrolled. Over LTI a non-editing teacher is an instructor in launches and a learner
 * in rosters; here Moodle calls them {@code teacher}.
 */
final class Enrolments {

    private static final int PER_PAGE = 250;

    /** No course has more; a list that goes on and on is given up. */
    private static final int MOST_PAGES = 400;

    /** Moodle's own short names of its roles. What a site calls roles of its own making cannot be known. */
    private static final Map<String, Role> ROLES = Map.of(
            "student", Role.LEARNER,
            "teacher", Role.TEACHING_ASSISTANT,
            "editingteacher", Role.INSTRUCTOR,
            "manager", Role.INSTRUCTOR,
            "coursecreator", Role.DESIGNER);

    private Enrolments() {}

    /** Everybody, page by page, each once. */
    static List<Contexts.Told> read(MoodleCalls calls, long course) {
        Map<String, Contexts.Told> everybody = new LinkedHashMap<>();
        boolean groupsAreTold = false;
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode people = MoodleCalls.list(calls.call(
                    MoodleFunction.PEOPLE,
                    "courseid",
                    course,
                    "options[0][name]",
                    "limitfrom",
                    "options[0][value]",
                    page * PER_PAGE,
                    "options[1][name]",
                    "limitnumber",
                    "options[1][value]",
                    PER_PAGE,
                    "options[2][name]",
                    "sortby",
                    "options[2][value]",
                    "id"));
            int before = everybody.size();
            for (JsonNode person : people) {
                String account = MoodleText.id(person.path("id"));
                if (account != null) {
                    groupsAreTold |= person.path("groups").isArray();
                    everybody.put(account, new Contexts.Told(account, roles(person), groups(person)));
                }
            }
            if (people.size() < PER_PAGE || everybody.size() == before) {
                break;
            }
        }
        List<Contexts.Told> told = new ArrayList<>(everybody.values());
        if (!groupsAreTold) {
            // Nobody is in a group, or they are not shown: then nothing is said about groups.
            told.replaceAll(each -> new Contexts.Told(each.sub(), each.roles(), null));
        }
        return told;
    }

    private static Set<Role> roles(JsonNode person) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (JsonNode role : person.path("roles")) {
            Role known = ROLES.get(role.path("shortname").asString(""));
            if (known != null) {
                roles.add(known);
            }
        }
        return roles;
    }

    private static Set<String> groups(JsonNode person) {
        Set<String> groups = new HashSet<>();
        for (JsonNode group : person.path("groups")) {
            String id = MoodleText.id(group.path("id"));
            if (id != null) {
                groups.add(id);
            }
        }
        return groups;
    }
}
