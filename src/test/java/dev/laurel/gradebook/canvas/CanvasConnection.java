package dev.laurel.gradebook.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lms.Browser;
import lms.CanvasKeys;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Lets Laurel read the reference LMS's Canvas, by the commands that the pages use and Canvas's own page. */
public final class CanvasConnection {

    private CanvasConnection() {}

    /** Laurel as a Canvas knows it: it tells the numbers of users. */
    public static Tool tool(Tool laurel) {
        return laurel.as(lms.Mode.CANVAS)
                .withCustom("canvas_user_id", "$Canvas.user.id")
                .withCustom("canvas_section_ids", "$Canvas.course.sectionIds");
    }

    /** A key for everything, and the teacher's permission for her course. */
    public static CanvasKeys.Key connect(ApplicationContext app, LmsCourse course, CanvasCapability... capabilities) {
        CanvasKeys.Key key = key(app, course, capabilities);
        assertThat(allow(app, course, course.course().teacher(), course.contextId()))
                .isEqualTo(CanvasAuthorization.Ending.GIVEN);
        return key;
    }

    /** Only a key, without anybody's permission; none named means all. */
    public static CanvasKeys.Key key(ApplicationContext app, LmsCourse course, CanvasCapability... capabilities) {
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        CanvasAuthorization authorization = app.getBean(CanvasAuthorization.class);
        CanvasKeys.Key key = course.lms()
                .canvas()
                .add(
                        authorization.redirectUri(),
                        Set.copyOf(CanvasCapability.scopes(List.of(CanvasCapability.values()))),
                        true);
        keep(app, course, key, capabilities);
        return key;
    }

    /** Enters a key, or changes what it is for. */
    public static void keep(
            ApplicationContext app, LmsCourse course, CanvasKeys.Key key, CanvasCapability... capabilities) {
        Set<CanvasCapability> all = Stream.of(capabilities.length == 0 ? CanvasCapability.values() : capabilities)
                .collect(Collectors.toSet());
        assertThat(app.getBean(CanvasApiKeys.class)
                        .keep(
                                course.tenant(),
                                course.registrationId(),
                                new CanvasApiKeys.KeyEntry(course.lms().issuer(), key.id(), key.secret(), all),
                                course.person(course.course().teacher())))
                .isEmpty();
    }

    /** Somebody allows it on Canvas's page, for a course or ({@code null}) for every one. */
    public static CanvasAuthorization.Ending allow(
            ApplicationContext app, LmsCourse course, LmsUser inCanvas, @Nullable Long contextId) {
        return allow(app, course, course.course().teacher(), inCanvas, contextId);
    }

    /** Somebody who is in Laurel goes to Canvas, where she, or whoever is there, allows it. */
    public static CanvasAuthorization.Ending allow(
            ApplicationContext app, LmsCourse course, LmsUser inLaurel, LmsUser inCanvas, @Nullable Long contextId) {
        CanvasAuthorization authorization = app.getBean(CanvasAuthorization.class);
        CanvasAuthorization.Departure departure = authorization
                .depart(new CanvasAuthorization.Traveller(course.tenant(), 1, course.registrationId(), contextId))
                .orElseThrow();
        Map<String, String> back = answer(course.lms(), departure.to(), inCanvas);
        CanvasAuthorization.Returned returned =
                authorization.arrive(back.get("state"), departure.browser()).orElseThrow();
        return authorization.redeem(returned, course.person(inLaurel), String.valueOf(back.get("code")));
    }

    /** What Canvas sends back once somebody has said yes. */
    public static Map<String, String> answer(ReferenceLms lms, URI asked, LmsUser inCanvas) {
        Browser browser = new Browser();
        Page question = browser.open(asked);
        Page.Form form = question.formTo("/login/oauth2/accept");
        Map<String, String> fields = new HashMap<>(form.fields());
        fields.put("user", lms.numberOf(inCanvas.id()));
        fields.put("answer", "yes");
        Page answer = browser.post(question.uri().resolve(form.action()), fields, lms.issuer());
        Map<String, String> parameters = new HashMap<>();
        for (String pair : URI.create(answer.header("Location").orElseThrow())
                .getRawQuery()
                .split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts[1]);
        }
        return parameters;
    }
}
