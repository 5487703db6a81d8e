package dev.laurel.dashboard;

import dev.laurel.launch.DeepLinking;
import dev.laurel.launch.session.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Lets each page say the way back to the picker while an instructor makes a badge to place in the course. */
@ControllerAdvice(basePackageClasses = Choosing.class)
class Choosing {

    static final String ATTRIBUTE = "choosing";

    private final DeepLinking deepLinking;

    Choosing(DeepLinking deepLinking) {
        this.deepLinking = deepLinking;
    }

    @ModelAttribute(ATTRIBUTE)
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
