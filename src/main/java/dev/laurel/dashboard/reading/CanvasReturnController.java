package dev.laurel.dashboard.reading;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.canvas.CanvasAuthorization;
import dev.laurel.launch.Launches;
import dev.laurel.launch.OpenLaunches;
import dev.laurel.launch.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where Canvas sends people back to. Whatever happens, the window ends here: nothing in its address leads anywhere. */
@Controller
class CanvasReturnController {

    private static final Logger LOG = LoggerFactory.getLogger(CanvasReturnController.class);

    /** So many courses are read at once; the others have their turn when they have. */
    private static final int SOON = 100;

    private final CanvasAuthorization authorization;

    private final WayToCanvas way;

    private final OpenLaunches launches;

    private final Contexts contexts;

    private final Gradebook gradebook;

    CanvasReturnController(
            CanvasAuthorization authorization,
            WayToCanvas way,
            OpenLaunches launches,
            Contexts contexts,
            Gradebook gradebook) {
        this.authorization = authorization;
        this.way = way;
        this.launches = launches;
        this.contexts = contexts;
        this.gradebook = gradebook;
    }

    @GetMapping(CanvasAuthorization.CALLBACK)
    ModelAndView returned(
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String code,
            @RequestParam @Nullable String error,
            HttpServletRequest request,
            HttpServletResponse response) {
        String browser = way.back(request, response).orElse(null);
        CanvasAuthorization.Returned returned =
                authorization.arrive(state, browser).orElse(null);
        if (returned == null) {
            LOG.info("Return from Canvas refused: it is unknown, used, too old or of another browser");
            return page("stale", HttpStatus.FORBIDDEN);
        }
        Optional<SignedIn> who = launches.find(returned.tenant(), returned.launchId())
                .map(Launches.Stored::signedIn)
                .filter(me -> mayAllow(me, returned));
        if (who.isEmpty()) {
            return page("stale", HttpStatus.FORBIDDEN);
        }
        if (code == null || error != null) {
            return page("invalid_scope".equals(error) ? "scopes" : "denied", HttpStatus.OK);
        }
        CanvasAuthorization.Ending ending =
                authorization.redeem(returned, who.get().personId(), code);
        if (ending == CanvasAuthorization.Ending.GIVEN) {
            lookSoon(returned);
        }
        return page(ending.name().toLowerCase(Locale.ROOT).replace('_', '-'), HttpStatus.OK);
    }

    private static boolean mayAllow(SignedIn me, CanvasAuthorization.Returned returned) {
        boolean may = returned.contextId() == null
                ? me.isInstitutionAdmin()
                : me.isInstructor() && Objects.equals(me.contextId(), returned.contextId());
        return may && !me.acting().isReadOnly();
    }

    private void lookSoon(CanvasAuthorization.Returned returned) {
        if (returned.contextId() != null) {
            gradebook.checkSoon(returned.tenant(), returned.contextId());
            return;
        }
        contexts.ofTenant(returned.tenant()).stream()
                .filter(course -> course.registrationId() == returned.registrationId())
                .sorted(Comparator.comparing(CourseContext::lastLaunchAt).reversed())
                .limit(SOON)
                .forEach(course -> gradebook.checkSoon(course.tenant(), course.id()));
    }

    private static ModelAndView page(String ending, HttpStatus status) {
        return new ModelAndView("dashboard/reading-returned", Map.of("ending", ending), status);
    }
}
