package dev.laurel.dashboard;

import dev.laurel.context.RoleCheck;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.confirm.Confirmations;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.road.Reference;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/**
 * What must hold before an act that cannot be undone: she was asked where nothing can lie over the button, and whoever acts
 * in a role still has it. A controller asks after it has decided that this person may, and outside any transaction.
 */
@Component
public class IrreversibleActs {

    private static final Logger LOG = LoggerFactory.getLogger(IrreversibleActs.class);

    private final Confirmations confirmations;

    private final RoleCheck roles;

    IrreversibleActs(Confirmations confirmations, RoleCheck roles) {
        this.confirmations = confirmations;
        this.roles = roles;
    }

    /** For what is somebody's own. */
    public void requireWish(HttpServletRequest request, SignedIn me, Act act) {
        confirmations.require(request, me, act);
    }

    /** For what somebody may in a role. */
    public void requireWishAndRole(HttpServletRequest request, SignedIn me, Act act) {
        confirmations.require(request, me, act);
        requireRole(me);
    }

    /** For what somebody may in a role and can take back herself: nobody who lost the role does it. */
    public void requireRole(SignedIn me) {
        RoleCheck.Answer answer = roles.ask(me);
        if (answer != RoleCheck.Answer.STILL) {
            throw new RoleDoubtedException(me.launchId(), answer);
        }
    }

    /** The platform does not, or cannot, say that this person still has the role. */
    private static final class RoleDoubtedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final long launchId;

        private final RoleCheck.Answer answer;

        RoleDoubtedException(long launchId, RoleCheck.Answer answer) {
            super(null, null, false, false);
            this.launchId = launchId;
            this.answer = answer;
        }
    }

    /** Says why nothing was done. */
    @ControllerAdvice
    static class Refusals {

        @ExceptionHandler(RoleDoubtedException.class)
        ModelAndView refused(RuntimeException e, HttpServletRequest request) {
            RoleDoubtedException doubt = (RoleDoubtedException) e;
            Reference reference = Reference.next();
            boolean gone = doubt.answer == RoleCheck.Answer.NO_LONGER;
            LOG.info(
                    "Act refused: reference {} launch {} {} {}",
                    reference,
                    doubt.launchId,
                    request.getRequestURI(),
                    gone ? "no longer staff" : "role not known");
            return new ModelAndView(
                    "error",
                    Map.of("kind", gone ? "no-longer-staff" : "launch-again", "reference", reference.value()),
                    HttpStatus.FORBIDDEN);
        }
    }
}
