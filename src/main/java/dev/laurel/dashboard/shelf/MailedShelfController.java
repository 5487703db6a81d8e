package dev.laurel.dashboard.shelf;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.dashboard.Allowed;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.Tenants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The badges of somebody who came by a mailed link: what she has, and nothing of any course that goes on. */
@Controller
class MailedShelfController {

    static final String PATH = "/my/shelf";

    private final Shelf shelf;

    private final Contexts contexts;

    private final Tenants tenants;

    MailedShelfController(Shelf shelf, Contexts contexts, Tenants tenants) {
        this.shelf = shelf;
        this.contexts = contexts;
        this.tenants = tenants;
    }

    @GetMapping(PATH)
    String shelf(
            @AuthenticationPrincipal @Nullable SignedIn me, @RequestParam(defaultValue = "0") int badges, Model model) {
        if (me == null || !me.isByMail()) {
            throw Allowed.notFound();
        }
        Slice<Shelf.Earned> earned = Slice.of(
                shelf.earned(me.tenant(), me.personId()).stream()
                        // What a newer one took the place of is shown with that one.
                        .filter(each -> each.award().supersededBy() == null)
                        .toList(),
                badges,
                ShelfController.BADGES);
        Map<Long, CourseContext> homes = contexts
                .find(
                        me.tenant(),
                        earned.shown().stream()
                                .map(each -> each.award().contextId())
                                .collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(CourseContext::id, Function.identity()));
        model.addAttribute("earned", earned);
        model.addAttribute("homes", homes);
        model.addAttribute("institution", tenants.name(me.tenant()));
        model.addAttribute(
                "who",
                Optional.ofNullable(contexts.profiles(me.tenant(), List.of(me.personId()))
                                .get(me.personId()))
                        .flatMap(Profile::fullName)
                        .orElse(null));
        return "dashboard/shelf-by-mail";
    }
}
