package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Totals of the course: of what is graded so far, and as it would end now. A grade that a teacher put in the place of the
 * total is the total. What students cannot see yet is not in them; but a course may hide them altogether.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/enrollments.html">Canvas, enrollments</a>
 */
final class Totals implements Rounds.Part {

    static final String PREFIX = "total-";

    private static final String CURRENT = PREFIX + "current";

    private static final String FINAL = PREFIX + "final";

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /** What Canvas calls its default grading scheme; no list of schemes has it. */
    private static final String DEFAULT = "0";

    private static final GradingScheme DEFAULT_SCHEME = new GradingScheme(List.of(
            step("A", 94),
            step("A-", 90),
            step("B+", 87),
            step("B", 84),
            step("B-", 80),
            step("C+", 77),
            step("C", 74),
            step("C-", 70),
            step("D+", 67),
            step("D", 64),
            step("D-", 61),
            step("F", 0)));

    private final String canvasCourse;

    private final CanvasClient.Trip trip;

    private final Gathered gathered;

    private final Supplier<JsonNode> course;

    private Observation.Visibility visibility = Observation.Visibility.UNKNOWN;

    /** @param course the course itself, as Canvas describes it; asked for once at most */
    Totals(String canvasCourse, CanvasClient.Trip trip, Gathered gathered, Supplier<JsonNode> course) {
        this.canvasCourse = canvasCourse;
        this.trip = trip;
        this.gathered = gathered;
        this.course = course;
    }

    private static GradingScheme.Step step(String letter, int fromPercent) {
        return new GradingScheme.Step(letter, BigDecimal.valueOf(fromPercent));
    }

    /** Whether students see no totals in this course. */
    static boolean areHidden(JsonNode course) {
        return course.path("hide_final_grades").asBoolean(false);
    }

    @Override
    public boolean isOutdated(Bookmark from) {
        return areHidden(course.get()) != from.hidesTotals();
    }

    @Override
    public String what() {
        return "course totals";
    }

    @Override
    public String list() {
        return "/api/v1/courses/" + canvasCourse + "/enrollments?type[]=StudentEnrollment&state[]=active&per_page=100";
    }

    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public String listOf(List<String> users) {
        return list() + "&user_id=" + users.get(0);
    }

    @Override
    public void columns(boolean whole) {
        visibility = areHidden(course.get()) ? Observation.Visibility.HIDDEN : Observation.Visibility.POSTED;
        add(CURRENT, "Course total so far", LineItem.Kind.TOTAL_CURRENT);
        add(FINAL, "Course total", LineItem.Kind.TOTAL_FINAL);
    }

    private void add(String id, String label, LineItem.Kind kind) {
        gathered.add(new Column(id, label, kind, null, null, HUNDRED, null, null, null));
    }

    @Override
    public void warn(String words) {
        gathered.warn(words);
    }

    @Override
    public List<String> take(JsonNode page) {
        List<String> users = new ArrayList<>();
        for (JsonNode row : CanvasClient.list(page, what())) {
            String id = CanvasIds.of(row.get("user_id"));
            // An observer's row names whom she observes; the student whom teachers pretend to be has a type of her own.
            if (id == null || !"StudentEnrollment".equals(Said.text(row.get("type")))) {
                continue;
            }
            String user = CanvasIds.local(id, trip.shard());
            users.add(user);
            JsonNode grades = row.path("grades");
            say(CURRENT, user, grades, "current");
            say(FINAL, user, grades, "final");
        }
        return users;
    }

    private void say(String column, String user, JsonNode grades, String which) {
        boolean overridden =
                Said.number(grades.get("override_score")) != null || Said.text(grades.get("override_grade")) != null;
        String kind = overridden ? "override" : which;
        BigDecimal percent = Said.number(grades.get(kind + "_score"));
        String letter = letter(grades.get(kind + "_grade"));
        if (percent == null && Said.isNoNumber(grades.get(kind + "_score"))) {
            gathered.sayUnreadable(column, user);
            return;
        }
        Result now = percent == null && letter == null
                ? Result.none(user)
                : new Result(
                        user,
                        Observation.Status.GRADED,
                        percent,
                        percent == null ? null : HUNDRED,
                        letter,
                        visibility,
                        null,
                        null,
                        null);
        // Of two sections one may be without totals.
        Result before = gathered.said(column, user);
        if (before == null || now.status() != Observation.Status.NONE) {
            gathered.say(column, now);
        }
    }

    private static @Nullable String letter(@Nullable JsonNode grade) {
        String letter = Said.text(grade);
        return letter == null || letter.length() > 50 ? null : letter;
    }

    /** The scheme of the course, {@link GradingScheme#NONE} where it has none; {@code null} where Canvas does not say. */
    @Nullable
    GradingScheme scheme() {
        JsonNode said = course.get().get("grading_standard_id");
        String id = CanvasIds.of(said);
        if (id == null || id.equals(DEFAULT)) {
            return id != null ? DEFAULT_SCHEME : said == null ? null : GradingScheme.NONE;
        }
        List<GradingScheme.Step> steps = new ArrayList<>();
        trip.entries(
                "/api/v1/courses/" + canvasCourse + "/grading_standards?per_page=100", "grading schemes", standard -> {
                    if (id.equals(CanvasIds.of(standard.get("id")))) {
                        standard.path("grading_scheme").forEach(step -> add(steps, step));
                    }
                });
        steps.sort(Comparator.comparing(GradingScheme.Step::fromPercent).reversed());
        return steps.isEmpty() ? null : new GradingScheme(steps);
    }

    private static void add(List<GradingScheme.Step> steps, JsonNode step) {
        String letter = letter(step.get("name"));
        BigDecimal from = Said.number(step.get("value"));
        if (letter != null && from != null) {
            steps.add(new GradingScheme.Step(letter, from.multiply(HUNDRED)));
        }
    }
}
