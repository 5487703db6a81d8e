package dev.laurel.dashboard.shelf;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.decision.Samples;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.road.Reference;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.util.NumberUtils;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * In a test copy others may sign in as the holder of a real badge: there it can be looked at, and nothing else can be done with
 * it. Whatever stands below the address of a badge, or takes all of them, is closed here, before a controller sees it.
 */
@ControllerAdvice
class RealBadges implements HandlerInterceptor, WebMvcConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(RealBadges.class);

    private static final String BADGE = "/my/badges/{awardId}";

    /** What shows a badge to whoever has it and gives nothing away. */
    private static final Set<String> LOOKING = Set.of(BADGE, BADGE + "/record", BADGE + "/record.json");

    /** What is said here counts for a person everywhere, badges or not. */
    private static final Set<String> OF_THE_PERSON = Set.of(
            "/my/brought", "/my/brought/{broughtId}/removal", "/course/brought/{broughtId}/decision", "/my/messages");

    private final Awards awards;

    private final Samples samples;

    RealBadges(Awards awards, Samples samples) {
        this.awards = awards;
        this.samples = samples;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .addPathPatterns("/my/badges/**", "/my/kit.zip", "/my/transcript.pdf", "/my/record.jws")
                .addPathPatterns(OF_THE_PERSON.toArray(String[]::new));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getUserPrincipal() instanceof Authentication who
                && who.getPrincipal() instanceof SignedIn me
                && me.acting().testCopy()) {
            String path = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
            boolean ofThePerson = OF_THE_PERSON.contains(path);
            if (!isLooking(request, path) && (ofThePerson || isOfARealBadge(request, me))) {
                throw new TestCopyException(me.launchId(), ofThePerson ? "real-person" : "real-badge");
            }
        }
        return true;
    }

    private static boolean isLooking(HttpServletRequest request, String path) {
        return HttpMethod.GET.matches(request.getMethod()) && (LOOKING.contains(path) || OF_THE_PERSON.contains(path));
    }

    /** What is asked for is one of her badges, or all of them. */
    private boolean isOfARealBadge(HttpServletRequest request, SignedIn me) {
        Object named = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Object one = named instanceof Map<?, ?> variables ? variables.get("awardId") : null;
        List<Award> asked = awards.ofPerson(me.tenant(), me.personId()).stream()
                .filter(award -> one == null || award.id() == number(one))
                .toList();
        return samples.openTo(me, asked).size() < asked.size();
    }

    /** Read as the controller's parameter will be, so that no other way to write it goes past; 0: it is none. */
    private static long number(Object variable) {
        try {
            return NumberUtils.parseNumber(variable.toString(), Long.class);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static final class TestCopyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final long launchId;

        private final String kind;

        TestCopyException(long launchId, String kind) {
            super(null, null, false, false);
            this.launchId = launchId;
            this.kind = kind;
        }
    }

    @ExceptionHandler(TestCopyException.class)
    ModelAndView refused(RuntimeException thrown, HttpServletRequest request) {
        TestCopyException e = (TestCopyException) thrown;
        Reference reference = Reference.next();
        LOG.info(
                "Act refused: reference {} launch {} {} {} in a test copy",
                reference,
                e.launchId,
                request.getRequestURI(),
                e.kind);
        return new ModelAndView(
                "error", Map.of("kind", e.kind, "home", true, "reference", reference.value()), HttpStatus.FORBIDDEN);
    }
}
