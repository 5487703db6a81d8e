package dev.laurel.dashboard.home;

import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Pages;
import dev.laurel.launch.DeepLinking;
import dev.laurel.launch.Landing;
import dev.laurel.launch.session.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where a launch arrives: everybody goes to the page of their role. */
@Controller
class HomeController implements Landing {

    private static final String HOME = "/home";

    private final LaunchTarget target;

    private final DeepLinking deepLinking;

    HomeController(LaunchTarget target, DeepLinking deepLinking) {
        this.target = target;
        this.deepLinking = deepLinking;
    }

    @Override
    public String pathFor(SignedIn me) {
        return target.path(me).orElseGet(() -> pageOfRole(me));
    }

    static String pageOfRole(SignedIn me) {
        if (me.isStaff()) {
            return "/course";
        }
        if (me.isLearner()) {
            return "/shelf";
        }
        return me.isInstitutionAdmin() ? "/institution" : HOME;
    }

    private static String where(SignedIn me) {
        if (me.contextId() != null) {
            return "course";
        }
        return me.acting().testCopy() ? "test-copy" : "outside";
    }

    /** For whoever comes by no course. */
    @GetMapping("/")
    String welcome() {
        return "dashboard/welcome";
    }

    @GetMapping(HOME)
    String home(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        if (me == null) {
            throw Allowed.notFound();
        }
        if (me.isByMail()) {
            return "redirect:/my/shelf";
        }
        if (deepLinking.of(me).isPresent()) {
            return "redirect:" + Pages.DEEP_LINKING;
        }
        String path = pageOfRole(me);
        if (path.equals(HOME) && target.mayObserve(me)) {
            return "redirect:" + Pages.OBSERVED;
        }
        model.addAttribute("where", where(me));
        return path.equals(HOME) ? "dashboard/nothing-for-you" : "redirect:" + path;
    }
}
