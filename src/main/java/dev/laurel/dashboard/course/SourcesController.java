package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Courses;
import dev.laurel.gradebook.LineItem.Kind;
import dev.laurel.gradebook.SourceReport;
import dev.laurel.gradebook.Sources;
import dev.laurel.launch.session.SignedIn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Which kinds of criteria work in a course with what is connected, and what more there could be. */
@Controller
class SourcesController {

    private static final List<Kind> KINDS =
            List.of(Kind.SCORE, Kind.TOTAL_FINAL, Kind.TOTAL_CURRENT, Kind.COMPLETION, Kind.OUTCOME, Kind.RUBRIC_ROW);

    private final Courses courses;

    private final Sources sources;

    SourcesController(Courses courses, Sources sources) {
        this.courses = courses;
        this.sources = sources;
    }

    /**
     * @param from the names of the sources that tell it
     * @param missing why those that could tell it do not, in plain words; empty for one more permission of a key
     */
    record Capability(Kind kind, List<String> from, List<Missing> missing) {}

    record Missing(String source, String words) {}

    @GetMapping("/course/sources")
    String sources(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        List<SourceReport> reports = sources.of(course);
        List<Capability> capabilities = new ArrayList<>();
        for (Kind kind : KINDS) {
            capabilities.add(new Capability(
                    kind,
                    reports.stream()
                            .filter(report -> report.tells().contains(kind))
                            .map(SourceReport::source)
                            .toList(),
                    reports.stream()
                            .filter(report -> report.couldTell().contains(kind)
                                    && !report.tells().contains(kind))
                            .map(report ->
                                    new Missing(report.source(), report.obstacle() == null ? "" : report.obstacle()))
                            .toList()));
        }
        model.addAttribute("course", course);
        model.addAttribute("reports", reports);
        model.addAttribute("capabilities", capabilities);
        return "dashboard/sources";
    }
}
