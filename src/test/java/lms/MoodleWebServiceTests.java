package lms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Needs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The web services of the reference LMS say nothing that a real Moodle does not say, and say it in the same form. */
class MoodleWebServiceTests {

    private ReferenceLms lms;

    private LmsUser ada;

    @BeforeEach
    void start() {
        lms = ReferenceLms.builder()
                .mode(Mode.MOODLE)
                .students(3)
                .tool(Tool.laurel(URI.create("http://localhost:1")))
                .start();
        ada = lms.course().student(0);
        Progress progress = lms.course().progress();
        progress.put(ada, progress.addActivity("Read chapter 1", "Week 1"), "1");
        progress.put(ada, progress.addOutcome("Cites sources", 5, 3), "4");
        lms.course().typeGrade(ada, lms.course().columnCalled("Final quiz"), "85");
        lms.course().typeGrade(ada, lms.course().addOwnColumn("Report", 20), "18");
        lms.course().putInto(ada, "17");
    }

    @AfterEach
    void close() {
        lms.close();
    }

    @Test
    void everyMemberIsOneThatMoodleHasAndOfTheSameKind() throws Exception {
        JsonNode captured =
                Json.MAPPER.readTree(Files.readString(Needs.shared().resolve("fixtures/moodle/webservices.json")));
        Map<String, Map<String, String>> calls = new LinkedHashMap<>();
        String course = lms.course().id();
        String report = Integer.toString(
                Integer.parseInt(lms.course().columnCalled("Report").id()));
        calls.put("core_webservice_get_site_info", Map.of());
        calls.put("core_grades_get_gradeitems", Map.of("courseid", course));
        calls.put("gradereport_user_get_grade_items", Map.of("courseid", course));
        calls.put("mod_assign_get_grades", Map.of("assignmentids[0]", report));
        calls.put("core_course_get_contents", Map.of("courseid", course));
        calls.put("core_completion_get_activities_completion_status", Map.of("courseid", course, "userid", ada.id()));
        calls.put("core_completion_get_course_completion_status", Map.of("courseid", course, "userid", ada.id()));
        calls.put("core_competency_list_course_competencies", Map.of("id", course));
        calls.put("report_competency_data_for_report", Map.of("courseid", course, "userid", ada.id(), "moduleid", "0"));
        calls.put("core_enrol_get_enrolled_users", Map.of("courseid", course));
        for (Map.Entry<String, Map<String, String>> call : calls.entrySet()) {
            Map<String, Set<String>> real = new TreeMap<>();
            for (JsonNode exchange : captured) {
                if (exchange.at("/request/form/wsfunction").asString().equals(call.getKey())) {
                    collect("", exchange.path("body"), real);
                }
            }
            Map<String, Set<String>> ours = new TreeMap<>();
            collect("", ask(lms.moodle().token(), call.getKey(), call.getValue()), ours);

            assertThat(ours).as(call.getKey()).hasSizeGreaterThan(2);
            ours.forEach((path, kinds) -> assertThat(real)
                    .as(call.getKey())
                    .hasEntrySatisfying(
                            path, known -> assertThat(known).as(path).containsAll(kinds)));
        }
    }

    @Test
    void whoMayGradeIsToldByCapabilityAndTheTotalsOfCategoriesAreRowsOfTheReport() throws Exception {
        lms.moodle().giveOwnRole(ada, "marker", true);
        lms.course().progress().file(lms.course().columnCalled("Report"), "Papers");

        JsonNode may = ask(
                lms.moodle().token(),
                "core_enrol_get_enrolled_users_with_capability",
                Map.of(
                        "coursecapabilities[0][courseid]",
                        lms.course().id(),
                        "coursecapabilities[0][capabilities][0]",
                        "moodle/course:manageactivities",
                        "coursecapabilities[0][capabilities][1]",
                        "mod/assign:grade"));
        assertThat(may).hasSize(2);
        assertThat(may.get(0).path("users"))
                .extracting(user -> user.path("id").asString())
                .containsExactly(lms.course().teacher().id());
        assertThat(may.get(1).path("users"))
                .extracting(user -> user.path("id").asString())
                .contains(ada.id(), lms.course().assistant().id())
                .doesNotContain(lms.course().student(1).id());

        JsonNode rows = ask(
                        lms.moodle().token(),
                        "gradereport_user_get_grade_items",
                        Map.of("courseid", lms.course().id(), "userid", ada.id()))
                .at("/usergrades/0/gradeitems");
        assertThat(rows)
                .filteredOn(row -> row.path("itemtype").asString().equals("category"))
                .singleElement()
                .satisfies(row -> assertThat(row.path("graderaw").asInt()).isEqualTo(90))
                .satisfies(row -> assertThat(row.path("itemname").isNull()).isTrue());
    }

    @Test
    void anErrorComesAsSuccess() throws Exception {
        String items = "core_grades_get_gradeitems";
        assertThat(code("wrong", items, Map.of("courseid", lms.course().id()))).contains("invalidtoken");
        assertThat(code(lms.moodle().token(), "core_user_create_users", Map.of()))
                .contains("accessexception");
        assertThat(code(lms.moodle().token(), items, Map.of("courseid", "999"))).contains("invalidrecord");
        lms.moodle().setError(items, "nopermissions");
        assertThat(code(
                        lms.moodle().token(),
                        items,
                        Map.of("courseid", lms.course().id())))
                .contains("nopermissions");
    }

    @Test
    void ofWhomIsNoLearnerOnlyTheCompletionOfTheCourseIsRefused() throws Exception {
        lms.course().suspend(ada);
        Map<String, String> asked = Map.of("courseid", lms.course().id(), "userid", ada.id());

        assertThat(code(lms.moodle().token(), "core_completion_get_course_completion_status", asked))
                .contains("usernotenroled");
        assertThat(code(lms.moodle().token(), "gradereport_user_get_grade_items", asked))
                .isEmpty();
        assertThat(code(lms.moodle().token(), "core_completion_get_activities_completion_status", asked))
                .isEmpty();
    }

    @Test
    void aCourseThatIsNoneOfAMoodleIsNotThere() throws Exception {
        try (ReferenceLms generic = ReferenceLms.builder()
                .students(1)
                .tool(Tool.laurel(URI.create("http://localhost:1")))
                .start()) {
            lms.close();
            lms = generic;
            assertThat(code(
                            generic.moodle().token(),
                            "core_grades_get_gradeitems",
                            Map.of("courseid", generic.course().id())))
                    .contains("invalidrecord");
        }
    }

    private Optional<String> code(String token, String function, Map<String, String> parameters) throws Exception {
        JsonNode answer = ask(token, function, parameters);
        return Optional.of(answer.path("errorcode").asString()).filter(found -> answer.has("exception"));
    }

    /** Where each member stands, and of which kinds its values are; nothing is left out where there is nothing. */
    private static void collect(String path, JsonNode node, Map<String, Set<String>> kinds) {
        if (node.isArray()) {
            node.forEach(each -> collect(path + "[]", each, kinds));
        } else if (node.isObject()) {
            node.properties().forEach(member -> collect(path + "/" + member.getKey(), member.getValue(), kinds));
        } else {
            kinds.computeIfAbsent(path, p -> new TreeSet<>())
                    .add(node.isNumber() ? "number" : node.isBoolean() ? "boolean" : node.isNull() ? "null" : "text");
        }
    }

    private JsonNode ask(String token, String function, Map<String, String> parameters)
            throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.put("wstoken", token);
        form.put("wsfunction", function);
        form.put("moodlewsrestformat", "json");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(lms.baseUrl().resolve(MoodleWebService.PATH))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(LaunchStart.encode(form)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }
}
