package dev.laurel.dashboard.institution;

import dev.laurel.dashboard.Allowed;
import dev.laurel.gradebook.Sources;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What reading the courses of an institution asks of its platforms, and what of it fails. */
@Controller
class LooksController {

    private static final int PER_PAGE = 50;

    private final Sources sources;

    LooksController(Sources sources) {
        this.sources = sources;
    }

    @GetMapping("/institution/looks")
    String looks(
            @AuthenticationPrincipal @Nullable SignedIn me, @RequestParam(defaultValue = "1") int page, Model model) {
        TenantId tenant = Allowed.institutionAdmin(me).tenant();
        int pages = Math.max(1, (sources.countCosts(tenant) + PER_PAGE - 1) / PER_PAGE);
        int shown = Math.min(Math.max(page, 1), pages);
        model.addAttribute("pageNumber", shown);
        model.addAttribute("pages", pages);
        model.addAttribute("costs", sources.costs(tenant, (shown - 1) * PER_PAGE, PER_PAGE));
        return "dashboard/looks";
    }
}
