package dev.laurel.launch.web;

import dev.laurel.launch.session.Acting;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** What the top of each page says of a launch that is not an ordinary one: {@code ${@acting.mark()}}. */
@Component("acting")
class ActingBanner {

    /** The end of the message key {@code acting.*}; {@code null} where there is nothing to say. */
    public @Nullable String mark() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof MailedAuthentication) {
            return "by_mail";
        }
        if (!(authentication instanceof LaunchAuthentication launch)) {
            return null;
        }
        SignedIn me = launch.getPrincipal();
        Acting.ReadOnly readOnly = me.acting().readOnly();
        if (readOnly != null) {
            return readOnly.name().toLowerCase(Locale.ROOT);
        }
        if (me.acting().testCopy()) {
            return "test_copy";
        }
        return me.roles().contains(Role.TEST_STUDENT) ? "test_student" : null;
    }
}
