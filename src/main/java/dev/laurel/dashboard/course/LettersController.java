package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem.Kind;
import dev.laurel.gradebook.SourceReport;
import dev.laurel.gradebook.Sources;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which percentages are which letters in a course whose platform tells its total and not its letters, as Moodle does. */
@Controller
@RequestMapping(LettersController.PATH)
class LettersController {

    private static final Logger LOG = LoggerFactory.getLogger(LettersController.class);

    static final String PATH = "/course/letters";

    private final Courses courses;

    private final Sources sources;

    private final Gradebook gradebook;

    private final Resting resting;

    private final IrreversibleActs acts;

    private final Wording wording;

    LettersController(
            Courses courses,
            Sources sources,
            Gradebook gradebook,
            Resting resting,
            IrreversibleActs acts,
            Wording wording) {
        this.courses = courses;
        this.sources = sources;
        this.gradebook = gradebook;
        this.resting = resting;
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
        GradingScheme known = known(course);
        return page(
                course, known.equals(GradingScheme.NONE) ? TypedLetters.OF_MOODLE : TypedLetters.written(known), model);
    }

    private String page(CourseContext course, String typed, Model model) {
        GradingScheme known = known(course);
        model.addAttribute("mayState", mayState(sources.of(course)));
        model.addAttribute("known", TypedLetters.inOneLine(known));
        model.addAttribute("typed", typed);
        model.addAttribute("inForce", resting.words("letters.withdrawal.asked", active(course)));
        if (!model.containsAttribute("read")) {
            model.addAttribute("read", mark(known));
        }
        return "dashboard/letters";
    }

    /**
     * @param letters a line each, the percentage first
     * @param read which letters the page was about
     */
    @PostMapping
    String state(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String letters,
            @RequestParam(required = false) @Nullable String read,
            Model model,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        SignedIn instructor = Allowed.instructor(me);
        acts.requireRole(instructor);
        GradingScheme known = known(course);
        TypedLetters typed = TypedLetters.of(letters);
        Optional<String> problem = problem(course, typed);
        if (!mayState(sources.of(course)) || problem.isPresent()) {
            model.addAttribute("problem", problem.orElse(null));
            model.addAttribute("read", read == null ? mark(known) : read);
            return page(course, letters, model);
        }
        if (read != null && !read.equals(mark(known))) {
            return meanwhile(course, letters, model);
        }
        if (!known.equals(typed.scheme()) && !active(course).isEmpty()) {
            model.addAttribute("act", change(course, known, typed.scheme()));
            return "launch/confirm-first";
        }
        if (!gradebook.stateLetters(course, known, typed.scheme())) {
            return meanwhile(course, letters, model);
        }
        return stated(course, instructor, redirect);
    }

    /** Once more puts hers in place of theirs: now she knows. */
    private String meanwhile(CourseContext course, String letters, Model model) {
        model.addAttribute("problem", wording.say("letters.meanwhile"));
        model.addAttribute("meanwhile", true);
        return page(course, letters, model);
    }

    /**
     * After the last question where badges are decided again by it.
     *
     * @param read which letters the question was about
     * @param letters those to take in their place, as {@link #change} writes them
     */
    @PostMapping("/use/{read}/{letters}")
    String use(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable String read,
            @PathVariable String letters,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        SignedIn instructor = Allowed.instructor(me);
        GradingScheme known = known(course);
        TypedLetters typed = TypedLetters.of(decoded(letters));
        Optional<String> problem = problem(course, typed);
        if (problem.isPresent() || !mayState(sources.of(course)) || !read.equals(mark(known))) {
            return nothing(problem.orElseGet(() -> wording.say("letters.meanwhile.nothing")), redirect);
        }
        acts.requireWishAndRole(request, instructor, change(course, known, typed.scheme()));
        return gradebook.stateLetters(course, known, typed.scheme())
                ? stated(course, instructor, redirect)
                : nothing(wording.say("letters.meanwhile.nothing"), redirect);
    }

    private String stated(CourseContext course, SignedIn instructor, RedirectAttributes redirect) {
        LOG.info(
                "Letters of course {} of tenant {} stated by person {}",
                course.id(),
                course.tenant(),
                instructor.personId());
        redirect.addFlashAttribute("flash", wording.say("letters.stated"));
        return "redirect:/course/sources";
    }

    private static String nothing(String why, RedirectAttributes redirect) {
        redirect.addFlashAttribute("flashProblem", why);
        return "redirect:" + PATH;
    }

    /** The last question before no badge of the course can ask for a letter any more. */
    @GetMapping("/withdrawal")
    String askWithdrawal(@AuthenticationPrincipal @Nullable SignedIn me, Model model, RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        GradingScheme known = known(course);
        Optional<String> kept = kept(course, known);
        if (kept.isPresent()) {
            return nothing(kept.get(), redirect);
        }
        model.addAttribute("act", withdrawal(course, known));
        return "launch/confirm-first";
    }

    /** @param read which letters the question was about */
    @PostMapping("/withdrawal/{read}")
    String withdraw(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable String read,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        SignedIn instructor = Allowed.instructor(me);
        GradingScheme known = known(course);
        Optional<String> kept = kept(course, known);
        if (kept.isPresent() || !read.equals(mark(known))) {
            return nothing(kept.orElseGet(() -> wording.say("letters.meanwhile.nothing")), redirect);
        }
        acts.requireWishAndRole(request, instructor, withdrawal(course, known));
        if (!gradebook.stateLetters(course, known, GradingScheme.NONE)) {
            return nothing(wording.say("letters.meanwhile.nothing"), redirect);
        }
        LOG.info(
                "Letters of course {} of tenant {} withdrawn by person {}",
                course.id(),
                course.tenant(),
                instructor.personId());
        redirect.addFlashAttribute("flash", wording.say("letters.withdrawn"));
        return "redirect:" + PATH;
    }

    /** Why the letters cannot be taken back; empty where they can. */
    private Optional<String> kept(CourseContext course, GradingScheme known) {
        if (known.equals(GradingScheme.NONE) || !mayState(sources.of(course))) {
            return Optional.of(wording.say("letters.meanwhile.nothing"));
        }
        return Optional.of(resting.words("letters.withdrawal.asked", active(course)))
                .filter(words -> !words.isEmpty());
    }

    private Act change(CourseContext course, GradingScheme known, GradingScheme scheme) {
        String letters = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(TypedLetters.written(scheme).getBytes(StandardCharsets.UTF_8));
        return new Act(
                PATH + "/use/" + mark(known) + "/" + letters,
                wording.say("letters.change.title"),
                resting.words("letters.change.what", active(course)) + " "
                        + wording.say("letters.change.list", TypedLetters.inOneLine(scheme)),
                wording.say("letters.button"),
                PATH);
    }

    private Act withdrawal(CourseContext course, GradingScheme known) {
        String badges = resting.words("letters.withdrawal.resting", resting.onLetters(course));
        String what = wording.say("letters.withdrawal.what");
        return new Act(
                PATH + "/withdrawal/" + mark(known),
                wording.say("letters.withdrawal.title"),
                badges.isEmpty() ? what : what + " " + badges,
                wording.say("letters.withdrawal.button"),
                PATH);
    }

    private static String decoded(String letters) {
        try {
            return new String(Base64.getUrlDecoder().decode(letters), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Allowed.notFound();
        }
    }

    private GradingScheme known(CourseContext course) {
        return gradebook.gradingScheme(course.tenant(), course.id()).orElse(GradingScheme.NONE);
    }

    /** Short enough for an address. */
    private static String mark(GradingScheme scheme) {
        return Integer.toHexString(TypedLetters.written(scheme).hashCode());
    }

    private List<Resting.Badge> active(CourseContext course) {
        return resting.onLetters(course).stream()
                .filter(badge -> badge.ruleSet().status() == RuleSet.Status.ACTIVE)
                .toList();
    }

    /** Why these letters cannot be used. */
    private Optional<String> problem(CourseContext course, TypedLetters typed) {
        return typed.problem() != null
                ? Optional.of(wording.say("letters.bad." + typed.problem(), typed.badLine()))
                : missing(course, typed).map(letter -> wording.say("letters.bad.asked", letter));
    }

    /** A letter that a badge of the course asks for, and that is not among them: without it nobody could be told anything. */
    private Optional<String> missing(CourseContext course, TypedLetters read) {
        Set<String> letters =
                read.steps().stream().map(GradingScheme.Step::letter).collect(Collectors.toSet());
        return active(course).stream()
                .flatMap(badge -> badge.ruleSet().rule().leaves())
                .flatMap(leaf -> leaf instanceof CourseTotal total ? Stream.ofNullable(total.letter()) : Stream.empty())
                .filter(letter -> !letters.contains(letter))
                .findFirst();
    }
}
