package dev.laurel.gradebook.moodle;

import dev.laurel.context.Contexts;
import dev.laurel.launch.session.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Roles and groups of everybody who is enrolled. Over LTI a non-editing teacher is an instructor in launches and a learner
 * in rosters; here Moodle calls them {@code teacher}. What a site calls roles of its own making says nothing: whoever may
 * grade by one is an assistant, and where Moodle does not tell who may grade, whoever has nothing else is no student.
 */
final class Enrolments {

    private static final int PER_PAGE = 250;

    /** No course has more; a list that goes on and on is given up. */
    private static final int MOST_PAGES = 400;

    /** Moodle's own short names of its roles. */
    private static final Map<String, Role> ROLES = Map.of(
            "student", Role.LEARNER,
            "teacher", Role.TEACHING_ASSISTANT,
            "editingteacher", Role.INSTRUCTOR,
            "manager", Role.INSTRUCTOR,
            "coursecreator", Role.DESIGNER);

    /** Whoever may one of these grades or teaches; students may none. */
    private static final List<String> GRADING =
            List.of("moodle/grade:edit", "moodle/course:manageactivities", "mod/assign:grade", "mod/quiz:grade");

    private final @Nullable Set<String> graders;

    private final Map<String, Contexts.Told> everybody = new LinkedHashMap<>();

    private final Map<String, String> groupNames = new HashMap<>();

    private boolean groupsAreTold;

    private boolean everybodyIsTold;

    /** @param graders accounts that may grade in the course; {@code null} where Moodle does not tell */
    Enrolments(@Nullable Set<String> graders) {
        this.graders = graders;
    }

    /** Whoever of a course may grade or change it, by whatever role. One call, and more only where there are very many. */
    static Set<String> graders(MoodleCalls calls, long course) {
        Set<String> graders = new HashSet<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Object> parameters = new ArrayList<>(List.of("coursecapabilities[0][courseid]", course));
            for (int i = 0; i < GRADING.size(); i++) {
                parameters.add("coursecapabilities[0][capabilities][" + i + "]");
                parameters.add(GRADING.get(i));
            }
            int most = 0;
            for (JsonNode of : MoodleCalls.list(
                    calls.call(MoodleFunction.GRADING_PEOPLE, paged(page, parameters, "userfields", "id")))) {
                JsonNode people = MoodleCalls.list(of, "users");
                most = Math.max(most, people.size());
                for (JsonNode person : people) {
                    String account = MoodleText.id(person.path("id"));
                    if (account != null) {
                        graders.add(account);
                    }
                }
            }
            if (most < PER_PAGE) {
                break;
            }
        }
        return graders;
    }

    /** Everybody, page by page, each once. */
    void read(MoodleCalls calls, long course) {
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode people = MoodleCalls.list(
                    calls.call(MoodleFunction.PEOPLE, paged(page, List.of("courseid", course), "sortby", "id")));
            int before = everybody.size();
            for (JsonNode person : people) {
                String account = MoodleText.id(person.path("id"));
                if (account != null) {
                    groupsAreTold |= person.path("groups").isArray();
                    everybody.put(account, new Contexts.Told(account, roles(account, person), groups(person)));
                }
            }
            if (people.size() < PER_PAGE || everybody.size() == before) {
                everybodyIsTold = true;
                break;
            }
        }
    }

    private static Object[] paged(int page, List<Object> parameters, String option, String value) {
        List<Object> all = new ArrayList<>(parameters);
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("limitfrom", page * PER_PAGE);
        options.put("limitnumber", PER_PAGE);
        options.put(option, value);
        options.forEach((name, content) -> {
            int n = (all.size() - parameters.size()) / 4;
            all.addAll(List.of("options[" + n + "][name]", name, "options[" + n + "][value]", content));
        });
        return all.toArray();
    }

    List<Contexts.Told> everybody() {
        List<Contexts.Told> told = new ArrayList<>(everybody.values());
        if (!groupsAreTold) {
            // Nobody is in a group, or they are not shown: then nothing is said about groups.
            told.replaceAll(each -> new Contexts.Told(each.sub(), each.roles(), null));
        }
        return told;
    }

    /** What the groups are called that anybody is in, by number; empty where a name is not told. */
    Map<String, String> groupNames() {
        return groupNames;
    }

    /** Whether these are all groups that anybody is in. */
    boolean areAllGroups() {
        return groupsAreTold && everybodyIsTold;
    }

    /** How many there are of whom only roles are told that nobody can judge. */
    long unknown() {
        return everybody.values().stream()
                .filter(told -> told.roles().contains(Role.UNKNOWN))
                .count();
    }

    private Set<Role> roles(String account, JsonNode person) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        boolean own = false;
        for (JsonNode role : person.path("roles")) {
            Role known = ROLES.get(role.path("shortname").asString(""));
            if (known == null) {
                own = true;
            } else {
                roles.add(known);
            }
        }
        if (graders != null && graders.contains(account)) {
            if (!roles.contains(Role.INSTRUCTOR)) {
                roles.add(Role.TEACHING_ASSISTANT);
            }
        } else if (graders == null && own && roles.isEmpty()) {
            roles.add(Role.UNKNOWN);
        }
        return roles;
    }

    private Set<String> groups(JsonNode person) {
        Set<String> groups = new HashSet<>();
        for (JsonNode group : person.path("groups")) {
            String id = MoodleText.id(group.path("id"));
            if (id != null) {
                groups.add(id);
                groupNames.put(id, Objects.requireNonNullElse(MoodleText.group(group.path("name")), ""));
            }
        }
        return groups;
    }
}
