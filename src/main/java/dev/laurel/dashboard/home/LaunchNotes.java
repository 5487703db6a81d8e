package dev.laurel.dashboard.home;

import dev.laurel.dashboard.Pages;
import dev.laurel.launch.DeepLinking;
import dev.laurel.launch.session.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What any page may have to say of the launch behind it: the way back to the picker, or that a link led nowhere. */
@ControllerAdvice(basePackageClasses = Pages.class)
public class LaunchNotes {

    public static final String CHOOSING = "choosing";

    private final DeepLinking deepLinking;

    LaunchNotes(DeepLinking deepLinking) {
        this.deepLinking = deepLinking;
    }

    /** Why a link that was made for a badge ended on the overview; part of a message key. */
    @ModelAttribute("link")
    @Nullable
    String link(@RequestParam(required = false) @Nullable String link) {
        return "unknown".equals(link) || "draft".equals(link) ? link : null;
    }

    @ModelAttribute(CHOOSING)
    @Nullable
    Boolean choosing(@AuthenticationPrincipal @Nullable SignedIn me) {
        return me != null
                        && deepLinking
                                .of(me)
                                .filter(exchange -> !exchange.isAnswered())
                                .isPresent()
                ? Boolean.TRUE
                : null;
    }
}
