package lms;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The web services of a Moodle, for courses in which a tool meets its habits: the same gradebook and progress that the pages
 * show, in Moodle's shapes. An error comes with HTTP 200.
 */
public final class MoodleWebService {

    static final String PATH = "/webservice/rest/server.php";

    private static final String CAPABLE_COURSE = "coursecapabilities[0][courseid]";

    private static final String CAPABILITY = "coursecapabilities[0][capabilities][";

    /** Moodle's own columns have the numbers below, its activities beside the gradebook those from here on. */
    private static final int ACTIVITIES = 9_000;

    private final ReferenceLms lms;

    private final MoodleGrades grades;

    private final MoodleSubmissions submissions = new MoodleSubmissions();

    private final Map<String, Function<Asked, Object>> functions = new LinkedHashMap<>();

    private final Set<String> withheld = ConcurrentHashMap.newKeySet();

    private final Map<String, String> errors = new ConcurrentHashMap<>();

    /** Roles of the site's own making by the account. */
    private final Map<String, OwnRole> ownRoles = new ConcurrentHashMap<>();

    /** Activities whose students all got too low a grade: whether that completes them. */
    private final Map<String, Boolean> failed = new ConcurrentHashMap<>();

    private volatile Disturbance disturbance = function -> Optional.empty();

    private final Disorder disorder = new Disorder();

    MoodleWebService(ReferenceLms lms) {
        this.lms = lms;
        this.grades = new MoodleGrades(submissions);
        functions.put("core_webservice_get_site_info", this::siteInfo);
        functions.put("core_grades_get_gradeitems", grades::items);
        functions.put("gradereport_user_get_grade_items", grades::report);
        functions.put("mod_assign_get_grades", asked -> grades.ofAssignments(asked, moodleCourses()));
        functions.put("mod_assign_get_submissions", asked -> submissions.told(asked, moodleCourses()));
        functions.put("core_course_get_contents", MoodleWebService::contents);
        functions.put("core_completion_get_activities_completion_status", this::completions);
        functions.put("core_completion_get_course_completion_status", MoodleWebService::courseCompletion);
        functions.put("core_competency_list_course_competencies", MoodleWebService::competencies);
        functions.put("report_competency_data_for_report", MoodleWebService::competencyReport);
        functions.put("core_enrol_get_enrolled_users", this::people);
        functions.put("core_enrol_get_enrolled_users_with_capability", this::peopleWith);
    }

    /** @param beside whether somebody has it besides the role that Moodle has for them */
    private record OwnRole(String shortname, boolean grades, boolean beside) {}

    /** Gives somebody a role that the site made itself, in place of the one that Moodle has for them. */
    public void giveOwnRole(LmsUser user, String shortname, boolean grades) {
        ownRoles.put(user.id(), new OwnRole(shortname, grades, false));
    }

    /** The same besides that one. */
    public void giveOwnRoleToo(LmsUser user, String shortname, boolean grades) {
        ownRoles.put(user.id(), new OwnRole(shortname, grades, true));
    }

    /** What goes wrong with a call of a function: the code of an error, or nothing. May take its time. */
    public interface Disturbance {

        Optional<String> strike(String function);
    }

    /** A call: of which course, with which parameters. */
    record Asked(Course course, Map<String, String> form) {

        /** Whom it names. Most functions do not ask whether that is still a learner of the course. */
        LmsUser learner() {
            return course.person(form.getOrDefault("userid", "")).orElseThrow(() -> new MoodleError("invaliduser"));
        }
    }

    /** Ends a call. */
    static final class MoodleError extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MoodleError(String code) {
            super(code, null, false, false);
        }
    }

    /** What students save and hand in of assignments. */
    public MoodleSubmissions submissions() {
        return submissions;
    }

    /** What the LMS's web services ask for, 32 characters as Moodle has them. */
    public String token() {
        return lms.readingToken().replace("-", "");
    }

    /**
     * Whoever completes this activity does it with a grade that is not enough to pass.
     *
     * @param complete whether any grade completes it
     */
    public void fail(Progress.Item activity, boolean complete) {
        failed.put(activity.id(), complete);
    }

    /** Takes functions out of the service that the token is for. */
    public void withhold(String... names) {
        withheld.addAll(List.of(names));
    }

    public void withholdNothing() {
        withheld.clear();
    }

    /** Answers a function with this error from now on; {@code null}: no more. */
    public void setError(String function, String code) {
        if (code == null) {
            errors.remove(function);
        } else {
            errors.put(function, code);
        }
    }

    public void disturb(Disturbance next) {
        disturbance = next;
    }

    /** Lists come in another order from now on, and some of their entries twice; {@code null}: no more. */
    public void mixUp(Random random) {
        disorder.by(random);
    }

    private Object mixedUp(Object body) {
        if (body instanceof List<?> list) {
            return disorder.of(list);
        }
        if (body instanceof Map<?, ?> map) {
            Map<Object, Object> mixed = new LinkedHashMap<>();
            map.forEach((name, value) -> mixed.put(name, value instanceof List<?> ? mixedUp(value) : value));
            return mixed;
        }
        return body;
    }

    void addTo(LmsServer server) {
        server.route("POST", PATH, Service.READING, this::answer);
        server.route("GET", PATH, Service.READING, call -> error("invalidtoken"));
    }

    private Answer answer(Call call) {
        Map<String, String> form = call.form();
        String name = form.getOrDefault("wsfunction", "");
        if (!token().equals(form.get("wstoken"))) {
            return error("invalidtoken");
        }
        if (!functions.containsKey(name) || withheld.contains(name)) {
            return error("accessexception");
        }
        Optional<String> code = Optional.ofNullable(errors.get(name)).or(() -> disturbance.strike(name));
        if (code.isPresent()) {
            return error(code.get());
        }
        try {
            boolean ofCourse = Stream.of("courseid", "id", CAPABLE_COURSE).anyMatch(form::containsKey);
            Course course = ofCourse ? course(form) : null;
            return Answer.ok("application/json", mixedUp(functions.get(name).apply(new Asked(course, form))));
        } catch (MoodleError e) {
            return error(e.getMessage());
        }
    }

    private Course course(Map<String, String> form) {
        return lms.course(form.getOrDefault("courseid", form.getOrDefault("id", form.get(CAPABLE_COURSE))))
                .filter(this::isMoodle)
                .orElseThrow(() -> new MoodleError("invalidrecord"));
    }

    private boolean isMoodle(Course course) {
        return lms.toolOf(course.link()).mode() == Mode.MOODLE;
    }

    private List<Course> moodleCourses() {
        return lms.courses().stream().filter(this::isMoodle).toList();
    }

    private static Answer error(String code) {
        return Answer.ok(
                "application/json",
                Map.of(
                        "exception",
                        "core\\exception\\moodle_exception",
                        "errorcode",
                        code,
                        "message",
                        "Set by the LMS"));
    }

    private Object siteInfo(Asked asked) {
        return Map.of(
                "sitename",
                "Northfield College",
                "siteurl",
                lms.issuer(),
                "release",
                "4.5.6 (Build: 20250811)",
                "functions",
                functions.keySet().stream()
                        .filter(name -> !withheld.contains(name))
                        .map(name -> Map.of("name", name, "version", "2024100706"))
                        .toList());
    }

    // ---- activities and competencies

    private static int number(Progress.Item item) {
        return Integer.parseInt(item.id().substring(item.id().indexOf("-p") + 2));
    }

    private static int module(Progress.Item item) {
        return ACTIVITIES + number(item);
    }

    private static List<Progress.Item> of(Asked asked, Progress.Kind kind) {
        return asked.course().progress().items().stream()
                .filter(item -> item.kind() == kind)
                .toList();
    }

    private static Object contents(Asked asked) {
        List<Map<String, Object>> sections = new ArrayList<>();
        sections.add(section("General", grades(asked).toList()));
        for (String name : asked.course().progress().modules()) {
            sections.add(section(
                    name,
                    of(asked, Progress.Kind.ACTIVITY).stream()
                            .filter(item -> item.group().equals(name))
                            .map(item -> module(module(item), item.label(), "page", 1))
                            .toList()));
        }
        return sections;
    }

    private static Stream<Map<String, Object>> grades(Asked asked) {
        return asked.course().columns().stream()
                .map(column -> module(Integer.parseInt(column.id()), column.label(), MoodleGrades.moduleOf(column), 0));
    }

    private static Map<String, Object> section(String name, List<Map<String, Object>> modules) {
        return Map.of("id", name.hashCode() & 0xffff, "name", name, "visible", 1, "modules", modules);
    }

    private static Map<String, Object> module(int id, String name, String kind, int completion) {
        return Map.of("id", id, "name", Html.escape(name), "instance", id, "modname", kind, "completion", completion);
    }

    private Object completions(Asked asked) {
        LmsUser learner = asked.learner();
        return Map.of(
                "statuses",
                of(asked, Progress.Kind.ACTIVITY).stream()
                        .map(item -> {
                            Optional<Progress.Value> value =
                                    asked.course().progress().value(learner, item);
                            boolean done = value.filter(found -> found.points().signum() > 0)
                                    .isPresent();
                            return Map.of(
                                    "cmid",
                                    module(item),
                                    "modname",
                                    "page",
                                    "instance",
                                    module(item),
                                    "state",
                                    done ? failed.containsKey(item.id()) ? 3 : 1 : 0,
                                    "timecompleted",
                                    done ? seconds(value.get().at()) : 0,
                                    "tracking",
                                    1,
                                    "isoverallcomplete",
                                    done && failed.getOrDefault(item.id(), true));
                        })
                        .toList(),
                "warnings",
                List.of());
    }

    private static Object courseCompletion(Asked asked) {
        LmsUser learner = asked.learner();
        if (!asked.course().isActive(learner) || !learner.role().isGraded()) {
            throw new MoodleError("usernotenroled");
        }
        if (asked.course().progress().modules().isEmpty()) {
            throw new MoodleError("nocriteriaset");
        }
        Optional<Instant> at = asked.course().progress().completed(learner, null);
        return Map.of(
                "completionstatus",
                Map.of(
                        "completed",
                        at.isPresent(),
                        "aggregation",
                        1,
                        "completions",
                        of(asked, Progress.Kind.ACTIVITY).stream()
                                .map(item -> {
                                    Map<String, Object> criterion = new LinkedHashMap<>();
                                    criterion.put("type", 4);
                                    criterion.put("complete", at.isPresent());
                                    criterion.put(
                                            "timecompleted",
                                            at.map(MoodleWebService::seconds).orElse(null));
                                    criterion.put(
                                            "details",
                                            Map.of(
                                                    "criteria",
                                                    "<a href=\"/mod/page/view.php?id=" + module(item) + "\">"
                                                            + Html.escape(item.label()) + "</a>"));
                                    return criterion;
                                })
                                .toList()),
                "warnings",
                List.of());
    }

    private static Object competencies(Asked asked) {
        return of(asked, Progress.Kind.OUTCOME).stream()
                .map(item -> Map.of(
                        "competency",
                        Map.of("id", number(item), "shortname", Html.escape(item.label()), "competencyframeworkid", 1),
                        "coursecompetency",
                        Map.of("courseid", Integer.parseInt(asked.course().id()), "competencyid", number(item))))
                .toList();
    }

    private static Object competencyReport(Asked asked) {
        LmsUser learner = asked.learner();
        return Map.of(
                "courseid",
                Integer.parseInt(asked.course().id()),
                "usercompetencies",
                of(asked, Progress.Kind.OUTCOME).stream()
                        .map(item -> Map.of(
                                "usercompetencycourse",
                                rating(
                                        item,
                                        asked.course()
                                                .progress()
                                                .value(learner, item)
                                                .orElse(null))))
                        .toList());
    }

    private static Map<String, Object> rating(Progress.Item item, Progress.Value value) {
        Boolean proficient = value == null ? null : value.points().compareTo(item.mastery()) >= 0;
        Map<String, Object> rating = new LinkedHashMap<>();
        rating.put("competencyid", number(item));
        rating.put("proficiency", proficient);
        rating.put("grade", proficient == null ? null : proficient ? 2 : 1);
        rating.put("gradename", proficient == null ? "-" : proficient ? "Competent" : "Not yet competent");
        rating.put("timemodified", value == null ? 0 : seconds(value.at()));
        return rating;
    }

    // ---- people

    private Object people(Asked asked) {
        return paged(asked, asked.course().people().stream())
                .map(person -> person(asked.course(), person))
                .toList();
    }

    private static Stream<LmsUser> paged(Asked asked, Stream<LmsUser> people) {
        return people.skip(option(asked.form(), "limitfrom", 0))
                .limit(option(asked.form(), "limitnumber", Integer.MAX_VALUE));
    }

    private Object peopleWith(Asked asked) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; asked.form().containsKey(CAPABILITY + i + "]"); i++) {
            String capability = asked.form().get(CAPABILITY + i + "]");
            all.add(Map.of(
                    "courseid",
                    Integer.parseInt(asked.course().id()),
                    "capability",
                    capability,
                    "users",
                    paged(asked, asked.course().people().stream().filter(person -> may(person, capability)))
                            .map(person -> Map.of("id", Integer.parseInt(person.id()), "fullname", person.name()))
                            .toList()));
        }
        return all;
    }

    private boolean may(LmsUser person, String capability) {
        OwnRole own = ownRoles.get(person.id());
        boolean byMoodle = (own == null || own.beside())
                && (person.role() == LmsRole.INSTRUCTOR
                        || person.role() == LmsRole.TEACHING_ASSISTANT && !capability.startsWith("moodle/course:"));
        return byMoodle || own != null && own.grades() && capability.equals("mod/assign:grade");
    }

    private static int option(Map<String, String> form, String name, int otherwise) {
        for (int i = 0; form.containsKey("options[" + i + "][name]"); i++) {
            if (form.get("options[" + i + "][name]").equals(name)) {
                return Integer.parseInt(form.get("options[" + i + "][value]"));
            }
        }
        return otherwise;
    }

    private Map<String, Object> person(Course course, LmsUser user) {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("id", Integer.parseInt(user.id()));
        person.put("fullname", user.name());
        person.put("roles", roles(user));
        List<String> groups = course.groupsOf(user);
        if (!groups.isEmpty()) {
            person.put(
                    "groups",
                    groups.stream()
                            .map(group -> Map.of("id", Integer.parseInt(group), "name", course.sectionName(group)))
                            .toList());
        }
        return person;
    }

    private List<Map<String, Object>> roles(LmsUser user) {
        OwnRole own = ownRoles.get(user.id());
        if (own == null) {
            return roles(user.role());
        }
        List<Map<String, Object>> roles = new ArrayList<>(own.beside() ? roles(user.role()) : List.of());
        roles.add(Map.of("roleid", 12, "name", "Tutor of the site", "shortname", own.shortname()));
        return roles;
    }

    private static List<Map<String, Object>> roles(LmsRole role) {
        return switch (role) {
            case INSTRUCTOR, DESIGNER -> List.of(Map.of("roleid", 3, "name", "", "shortname", "editingteacher"));
            case TEACHING_ASSISTANT -> List.of(Map.of("roleid", 4, "name", "", "shortname", "teacher"));
            case LEARNER, TEST_STUDENT -> List.of(Map.of("roleid", 5, "name", "", "shortname", "student"));
            case OBSERVER, ADMINISTRATOR -> List.of();
        };
    }

    static long seconds(Instant at) {
        return at.getEpochSecond();
    }

    static BigDecimal plain(BigDecimal number) {
        return number.stripTrailingZeros().scale() < 0 ? number.setScale(0) : number.stripTrailingZeros();
    }
}
