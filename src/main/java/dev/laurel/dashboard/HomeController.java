package dev.laurel.dashboard;

import dev.laurel.launch.session.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where a launch arrives: everybody goes to the page of their role. */
@Controller
class HomeController {

    @GetMapping("/home")
    String home(@AuthenticationPrincipal @Nullable SignedIn me) {
        if (me == null) {
            throw Allowed.notFound();
        }
        if (me.isStaff()) {
            return "redirect:/course";
        }
        if (me.isLearner()) {
            return "redirect:/shelf";
        }
        return me.isInstitutionAdmin() ? "redirect:/institution" : "dashboard/nothing-for-you";
    }
}
