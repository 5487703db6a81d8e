package dev.laurel.dashboard;

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

    @Override
    public String pathFor(SignedIn me) {
        if (me.isStaff()) {
            return "/course";
        }
        if (me.isLearner()) {
            return "/shelf";
        }
        return me.isInstitutionAdmin() ? "/institution" : HOME;
    }

    @GetMapping(HOME)
    String home(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        if (me == null) {
            throw Allowed.notFound();
        }
        String path = pathFor(me);
        model.addAttribute("where", me.contextId() == null ? "outside" : "course");
        return path.equals(HOME) ? "dashboard/nothing-for-you" : "redirect:" + path;
    }
}
