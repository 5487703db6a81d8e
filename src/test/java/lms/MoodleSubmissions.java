package lms;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What students save and hand in of the assignments of a Moodle, with what its gradebook makes of that: any save of an
 * attempt gives its day, be it a draft, and any save of a teacher takes it away.
 */
public final class MoodleSubmissions {

    private static final String SUBMITTED = "submitted";

    private final Map<String, Saved> saved = new ConcurrentHashMap<>();

    /** Of the groups that hand in together: by the assignment, then by the group. */
    private final Map<String, Map<String, Together>> groups = new ConcurrentHashMap<>();

    private final Map<String, Instant> touched = new ConcurrentHashMap<>();

    private final Set<String> hidden = ConcurrentHashMap.newKeySet();

    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    /** The last attempt of somebody. */
    private record Saved(String status, int attempt, Instant at) {}

    private record Together(String group, Saved work, List<String> members) {}

    /** She saves, and does not press the button. */
    public void saveDraft(LmsUser user, Column assignment, Instant at) {
        save(user, assignment, new Saved("draft", attempt(user, assignment), at));
    }

    public void handIn(LmsUser user, Column assignment, Instant at) {
        save(user, assignment, new Saved(SUBMITTED, attempt(user, assignment), at));
    }

    /** Her teacher lets her try again. */
    public void reopen(LmsUser user, Column assignment, Instant at) {
        save(user, assignment, new Saved("reopened", attempt(user, assignment) + 1, at));
    }

    /** One of a group presses the button for all of it: only she has an attempt of her own. */
    public void handInTogether(LmsUser presses, Column assignment, String group, List<LmsUser> members, Instant at) {
        groups.computeIfAbsent(assignment.id(), each -> new ConcurrentHashMap<>())
                .put(
                        group,
                        new Together(
                                group,
                                new Saved(SUBMITTED, 0, at),
                                members.stream().map(LmsUser::id).toList()));
        handIn(presses, assignment, at);
    }

    /** A teacher saves something that is no grade, such as a comment, or where marking has a workflow. */
    public void comment(LmsUser user, Column assignment, Instant at) {
        touched.put(key(user, assignment), at);
    }

    /** The account behind the key may not grade this assignment, and so not see what was handed in. */
    public void hide(Column assignment) {
        hidden.add(assignment.id());
    }

    /** A plugin of this assignment throws, and with it every call that asks for its hand-ins. */
    public void breakAt(Column assignment) {
        broken.add(assignment.id());
    }

    private void save(LmsUser user, Column assignment, Saved work) {
        saved.put(key(user, assignment), work);
    }

    private int attempt(LmsUser user, Column assignment) {
        Saved before = saved.get(key(user, assignment));
        return before == null ? 0 : before.attempt();
    }

    private static String key(LmsUser user, Column column) {
        return column.id() + " " + user.id();
    }

    /** What is marked as handed in on the page of the gradebook, too. */
    private Optional<Saved> of(Course course, LmsUser user, Column assignment) {
        Mark mark = course.progress().mark(user, assignment);
        Optional<Saved> marked = mark == Mark.SUBMITTED || mark == Mark.LATE
                ? Optional.of(new Saved(SUBMITTED, 0, course.progress().markedAt(user, assignment)))
                : Optional.empty();
        return Optional.ofNullable(saved.get(key(user, assignment))).or(() -> marked);
    }

    /** What the gradebook has for the day on which an assignment was handed in. */
    Optional<Instant> dateInGradebook(Course course, LmsUser user, Column assignment) {
        Stream<Saved> together = groups.getOrDefault(assignment.id(), Map.of()).values().stream()
                .filter(group -> group.members().contains(user.id()))
                .map(Together::work);
        Optional<Instant> last = Stream.concat(of(course, user, assignment).stream(), together)
                .map(Saved::at)
                .max(Comparator.naturalOrder());
        return last.filter(at -> Stream.of(
                        Optional.ofNullable(touched.get(key(user, assignment))),
                        assignment.grade(user).map(Grade::at))
                .flatMap(Optional::stream)
                .noneMatch(later -> !later.isBefore(at)));
    }

    /** {@code mod_assign_get_submissions}: the last attempt of everybody, those of groups as nobody's. */
    Object told(MoodleWebService.Asked asked, List<Course> courses) {
        List<Map<String, Object>> assignments = new ArrayList<>();
        List<Map<String, Object>> warnings = new ArrayList<>();
        for (Course course : courses) {
            for (Column column : course.columns()) {
                if (!MoodleGrades.moduleOf(column).equals("assign") || !MoodleGrades.isAsked(asked, column)) {
                    continue;
                }
                if (broken.contains(column.id())) {
                    throw new MoodleWebService.MoodleError("dmlreadexception");
                }
                if (hidden.contains(column.id())) {
                    warnings.add(warning("assignment", column, "1", "No access rights in module context"));
                    continue;
                }
                List<Map<String, Object>> submissions = submissions(asked, course, column);
                if (submissions.isEmpty()) {
                    warnings.add(warning("module", column, "3", "No submissions found"));
                }
                assignments.add(Map.of("assignmentid", Integer.parseInt(column.id()), "submissions", submissions));
            }
        }
        return Map.of("assignments", assignments, "warnings", warnings);
    }

    private List<Map<String, Object>> submissions(MoodleWebService.Asked asked, Course course, Column column) {
        List<Map<String, Object>> all = new ArrayList<>();
        course.people()
                .forEach(person -> of(course, person, column)
                        .ifPresent(work -> all.add(submission(column, person.id(), "0", work))));
        groups.getOrDefault(column.id(), Map.of())
                .forEach((group, together) -> all.add(submission(column, "0", group, together.work())));
        String status = asked.form().getOrDefault("status", "");
        long since = Long.parseLong(asked.form().getOrDefault("since", "0"));
        all.removeIf(each -> (long) each.get("timemodified") < since
                || !status.isEmpty() && !Objects.equals(each.get("status"), status));
        return all;
    }

    private static Map<String, Object> submission(Column column, String user, String group, Saved work) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", Math.abs(Objects.hash(column.id(), user, group)));
        told.put("userid", Integer.parseInt(user));
        told.put("attemptnumber", work.attempt());
        told.put("timecreated", MoodleWebService.seconds(work.at()));
        told.put("timemodified", MoodleWebService.seconds(work.at()));
        told.put("status", work.status());
        told.put("groupid", Integer.parseInt(group));
        told.put(
                "plugins",
                List.of(Map.of(
                        "type",
                        "onlinetext",
                        "name",
                        "Online text",
                        "editorfields",
                        List.of(Map.of(
                                "name",
                                "onlinetext",
                                "description",
                                "Online text",
                                "text",
                                "<p>My essay</p>",
                                "format",
                                1)))));
        told.put("gradingstatus", "notgraded");
        return told;
    }

    private static Map<String, Object> warning(String item, Column column, String code, String message) {
        return Map.of("item", item, "itemid", Integer.parseInt(column.id()), "warningcode", code, "message", message);
    }
}
