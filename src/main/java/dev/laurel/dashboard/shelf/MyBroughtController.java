package dev.laurel.dashboard.shelf;

import dev.laurel.context.CourseContext;
import dev.laurel.credential.brought.Brought;
import dev.laurel.credential.brought.BroughtBadges;
import dev.laurel.credential.brought.BroughtRefusedException;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.FileOrText;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.ForeignText;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A learner brings badges of other organisations, where a badge of a course asks for one. */
@Controller
@RequestMapping(MyBroughtController.PATH)
class MyBroughtController {

    static final String PATH = "/my/brought";

    private final Courses courses;

    private final BroughtBadges badges;

    private final Wording wording;

    MyBroughtController(Courses courses, BroughtBadges badges, Wording wording) {
        this.courses = courses;
        this.badges = badges;
        this.wording = wording;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        SignedIn learner = learner(me);
        CourseContext course = courses.of(learner);
        model.addAttribute("zone", course.zone());
        model.addAttribute("badges", badges.ofHuman(learner.tenant(), learner.personId()));
        return "dashboard/my-brought";
    }

    @PostMapping
    String bring(@AuthenticationPrincipal @Nullable SignedIn me, FileOrText said, RedirectAttributes redirect)
            throws IOException {
        SignedIn learner = learner(me);
        CourseContext course = courses.of(learner);
        byte[] brought = said.bytes();
        if (brought.length == 0) {
            redirect.addFlashAttribute("problem", wording.say("brought.nothing"));
            return "redirect:" + PATH;
        }
        try {
            Brought badge = badges.bring(learner.tenant(), learner.personId(), course.id(), brought);
            redirect.addFlashAttribute(
                    "flash",
                    wording.say(
                            "brought.taken." + badge.state().name().toLowerCase(Locale.ROOT),
                            ForeignText.shown(badge.name())));
        } catch (BroughtRefusedException e) {
            String key = e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
            redirect.addFlashAttribute("problem", wording.say("brought.refused." + key, e.detail()));
            redirect.addFlashAttribute("typedText", said.shownAgain());
        }
        return "redirect:" + PATH;
    }

    @PostMapping("/{broughtId}/removal")
    String remove(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long broughtId, RedirectAttributes redirect) {
        SignedIn learner = learner(me);
        if (!badges.remove(learner.tenant(), learner.personId(), broughtId)) {
            throw Allowed.notFound();
        }
        redirect.addFlashAttribute("flash", wording.say("brought.removed"));
        return "redirect:" + PATH;
    }

    private static SignedIn learner(@Nullable SignedIn me) {
        if (me == null || me.contextId() == null || !me.isLearner()) {
            throw Allowed.notFound();
        }
        return me;
    }
}
