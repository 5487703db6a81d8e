package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem.Kind;
import dev.laurel.gradebook.SourceReport;
import dev.laurel.gradebook.Sources;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which percentages are which letters in a course whose platform tells its total and not its letters, as Moodle does. */
@Controller
@RequestMapping("/course/letters")
class LettersController {

    private static final Logger LOG = LoggerFactory.getLogger(LettersController.class);

    private final Courses courses;

    private final Sources sources;

    private final Gradebook gradebook;

    private final Wording wording;

    LettersController(Courses courses, Sources sources, Gradebook gradebook, Wording wording) {
        this.courses = courses;
        this.sources = sources;
        this.gradebook = gradebook;
        this.wording = wording;
    }

    /** Whether a total of the course is told, and by no source its letters. */
    static boolean mayState(List<SourceReport> reports) {
        return reports.stream().noneMatch(SourceReport::letters)
                && reports.stream()
                        .flatMap(report -> report.tells().stream())
                        .anyMatch(kind -> kind == Kind.TOTAL_CURRENT || kind == Kind.TOTAL_FINAL);
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        Optional<GradingScheme> known = gradebook.gradingScheme(course.tenant(), course.id());
        return page(course, known.map(TypedLetters::written).orElse(TypedLetters.OF_MOODLE), known.isPresent(), model);
    }

    private String page(CourseContext course, String typed, boolean known, Model model) {
        model.addAttribute("mayState", mayState(sources.of(course)));
        model.addAttribute("known", known);
        model.addAttribute("typed", typed);
        return "dashboard/letters";
    }

    /** @param letters a line each, the percentage first */
    @PostMapping
    String state(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String letters,
            Model model,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        if (!mayState(sources.of(course))) {
            return "redirect:/course/letters";
        }
        TypedLetters read = TypedLetters.of(letters);
        if (read.problem() != null) {
            model.addAttribute("problem", wording.say("letters.bad." + read.problem(), read.badLine()));
            return page(course, letters, true, model);
        }
        gradebook.stateLetters(course, new GradingScheme(read.steps()));
        LOG.info(
                "Letters of course {} of tenant {} stated by person {}",
                course.id(),
                course.tenant(),
                Allowed.instructor(me).personId());
        redirect.addFlashAttribute("flash", wording.say("letters.stated"));
        return "redirect:/course/sources";
    }
}
