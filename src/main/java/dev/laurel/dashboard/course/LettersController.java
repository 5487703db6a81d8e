package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem.Kind;
import dev.laurel.gradebook.SourceReport;
import dev.laurel.gradebook.Sources;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private final RuleSets ruleSets;

    private final IrreversibleActs acts;

    private final Wording wording;

    LettersController(
            Courses courses,
            Sources sources,
            Gradebook gradebook,
            RuleSets ruleSets,
            IrreversibleActs acts,
            Wording wording) {
        this.courses = courses;
        this.sources = sources;
        this.gradebook = gradebook;
        this.ruleSets = ruleSets;
        this.acts = acts;
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
        return page(
                course,
                gradebook
                        .gradingScheme(course.tenant(), course.id())
                        .map(TypedLetters::written)
                        .orElse(TypedLetters.OF_MOODLE),
                model);
    }

    private String page(CourseContext course, String typed, Model model) {
        model.addAttribute("mayState", mayState(sources.of(course)));
        model.addAttribute(
                "known", gradebook.gradingScheme(course.tenant(), course.id()).isPresent());
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
        SignedIn instructor = Allowed.instructor(me);
        acts.requireRole(instructor);
        if (!mayState(sources.of(course))) {
            return page(course, letters, model);
        }
        TypedLetters read = TypedLetters.of(letters);
        if (read.problem() != null) {
            model.addAttribute("problem", wording.say("letters.bad." + read.problem(), read.badLine()));
            return page(course, letters, model);
        }
        Optional<String> missing = missing(course, read);
        if (missing.isPresent()) {
            model.addAttribute("problem", wording.say("letters.bad.asked", missing.get()));
            return page(course, letters, model);
        }
        gradebook.stateLetters(course, new GradingScheme(read.steps()));
        LOG.info(
                "Letters of course {} of tenant {} stated by person {}",
                course.id(),
                course.tenant(),
                instructor.personId());
        redirect.addFlashAttribute("flash", wording.say("letters.stated"));
        return "redirect:/course/sources";
    }

    /** A letter that a badge of the course asks for, and that is not among them: without it nobody could be told anything. */
    private Optional<String> missing(CourseContext course, TypedLetters read) {
        Set<String> letters =
                read.steps().stream().map(GradingScheme.Step::letter).collect(Collectors.toSet());
        return ruleSets.ofContext(course.tenant(), course.id()).stream()
                .filter(ruleSet -> ruleSet.status() == RuleSet.Status.ACTIVE)
                .flatMap(ruleSet -> ruleSet.rule().leaves())
                .flatMap(leaf -> leaf instanceof CourseTotal total ? Stream.ofNullable(total.letter()) : Stream.empty())
                .filter(letter -> !letters.contains(letter))
                .findFirst();
    }
}
