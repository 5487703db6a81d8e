package dev.laurel.dashboard.institution;

import dev.laurel.achievement.framework.FrameworkRefusedException;
import dev.laurel.achievement.framework.Frameworks;
import dev.laurel.achievement.framework.Untaken;
import dev.laurel.dashboard.Allowed;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The frameworks of skills that badges of the institution can stand for. */
@Controller
@RequestMapping(FrameworksController.PATH)
class FrameworksController {

    static final String PATH = "/institution/frameworks";

    /** What was not taken is named so often; the rest is counted. */
    private static final int MOST_NAMED = 20;

    private final Frameworks frameworks;

    private final Wording wording;

    FrameworksController(Frameworks frameworks, Wording wording) {
        this.frameworks = frameworks;
        this.wording = wording;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        model.addAttribute(
                "frameworks", frameworks.all(Allowed.institutionAdmin(me).tenant()));
        model.addAttribute("utc", ZoneOffset.UTC);
        return "dashboard/frameworks";
    }

    @PostMapping
    String bring(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String name,
            RedirectAttributes redirect)
            throws IOException {
        SignedIn admin = Allowed.institutionAdmin(me);
        try {
            if (file == null || file.isEmpty()) {
                return refused("frameworks.refused.nothing", name, redirect);
            }
            Frameworks.Brought brought = frameworks.bring(admin.tenant(), file.getBytes(), name, admin.personId());
            redirect.addFlashAttribute("flash", wording.say("frameworks.brought", brought.name(), brought.skills()));
            List<Untaken> untaken = brought.untaken();
            redirect.addFlashAttribute(
                    "untaken",
                    untaken.stream()
                            .limit(MOST_NAMED)
                            .map(each -> wording.say("frameworks.untaken.place", each.place())
                                    + " "
                                    + wording.say(each.why()))
                            .toList());
            redirect.addFlashAttribute("alsoUntaken", Math.max(0, untaken.size() - MOST_NAMED));
            return "redirect:" + PATH;
        } catch (FrameworkRefusedException e) {
            return refused(e.key(), name, redirect);
        }
    }

    private String refused(String key, String name, RedirectAttributes redirect) {
        redirect.addFlashAttribute("bringProblem", wording.say(key));
        redirect.addFlashAttribute("typedName", name);
        return "redirect:" + PATH + "#bring";
    }

    /** Badges that took something of it keep that. */
    @PostMapping("/{frameworkId}/removal")
    String remove(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long frameworkId,
            RedirectAttributes redirect) {
        if (!frameworks.remove(Allowed.institutionAdmin(me).tenant(), frameworkId)) {
            throw Allowed.notFound();
        }
        redirect.addFlashAttribute("flash", wording.say("frameworks.removed"));
        return "redirect:" + PATH;
    }
}
