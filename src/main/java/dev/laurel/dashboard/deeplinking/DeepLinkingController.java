package dev.laurel.dashboard.deeplinking;

import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Pages;
import dev.laurel.dashboard.home.LaunchNotes;
import dev.laurel.launch.ContentItem;
import dev.laurel.launch.DeepLinking;
import dev.laurel.launch.DeepLinking.Exchange;
import dev.laurel.launch.DeepLinkingRequest;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The picker inside the dialog of the LMS: an instructor chooses which badges to place in the course. */
@Controller
@RequestMapping(Pages.DEEP_LINKING)
class DeepLinkingController {

    private static final String ANSWER = "redirect:" + DeepLinking.ANSWER_PATH;

    private final DeepLinking deepLinking;

    private final Courses courses;

    private final DeepLinks links;

    private final Wording wording;

    DeepLinkingController(DeepLinking deepLinking, Courses courses, DeepLinks links, Wording wording) {
        this.deepLinking = deepLinking;
        this.courses = courses;
        this.links = links;
        this.wording = wording;
    }

    @GetMapping
    String picker(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        Exchange exchange = exchange(me);
        if (exchange.isAnswered()) {
            return ANSWER;
        }
        if (me == null || !me.isInstructor() || !exchange.request().acceptsLinks()) {
            model.addAttribute("reason", me != null && me.isInstructor() ? "no-links" : "not-for-you");
            return "dashboard/deep-linking-nothing";
        }
        return page(courses.forInstructor(me), exchange.request(), DeepLinkingForm.EMPTY, model);
    }

    /** Sends the chosen links to the LMS. */
    @PostMapping
    String choose(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @ModelAttribute("form") DeepLinkingForm form,
            BindingResult errors,
            Model model) {
        CourseContext course = courses.forInstructor(me);
        Exchange exchange = exchange(me);
        if (exchange.isAnswered() || !exchange.request().acceptsLinks()) {
            return "redirect:" + Pages.DEEP_LINKING;
        }
        List<ContentItem> items = links.items(course, exchange.request(), form, errors);
        if (errors.hasErrors()) {
            return page(course, exchange.request(), form, model);
        }
        SignedIn instructor = Allowed.instructor(me);
        if (deepLinking.answer(instructor, items, wording.say("deep-linking.done", items.size()))) {
            links.writeScores(course, form, instructor.personId());
        }
        return ANSWER;
    }

    /** Goes back to the LMS without anything; also for those who may not choose. */
    @PostMapping("/cancellation")
    String cancel(@AuthenticationPrincipal @Nullable SignedIn me) {
        Exchange exchange = exchange(me);
        if (me == null) {
            throw Allowed.notFound();
        }
        if (exchange.request().acceptsLinks()) {
            deepLinking.answer(me, List.of(), wording.say("deep-linking.cancelled"));
        } else {
            deepLinking.refuse(me, wording.say("deep-linking.no-links.message"));
        }
        return ANSWER;
    }

    private Exchange exchange(@Nullable SignedIn me) {
        if (me == null) {
            throw Allowed.notFound();
        }
        return deepLinking.of(me).orElseThrow(Allowed::notFound);
    }

    private String page(CourseContext course, DeepLinkingRequest request, DeepLinkingForm form, Model model) {
        model.addAttribute("course", course);
        model.addAttribute(
                "badges",
                links.badges(course).stream()
                        .filter(badge -> !badge.ruleSet().isRetired())
                        .toList());
        model.addAttribute("multiple", request.acceptsMultiple());
        model.addAttribute("mayGrade", links.mayGrade(course, request));
        model.addAttribute("mayWrite", links.mayWrite(course, request));
        if (!model.containsAttribute("form")) {
            model.addAttribute("form", form);
        }
        // This is the page that the line about choosing leads to.
        model.asMap().remove(LaunchNotes.CHOOSING);
        return "dashboard/deep-linking";
    }
}
