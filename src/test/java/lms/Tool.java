package lms;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tool that is registered with the LMS.
 *
 * @param redirectUris where an id_token may be sent, compared exactly
 * @param deployments its deployment ids; the first is the one new links get
 * @param scopes what its service tokens may cover
 * @param getsNames whether names and e-mail addresses are sent to it
 * @param mode whose habits it meets
 * @param custom custom parameters of its launches, with variables such as {@code $User.id}
 */
public record Tool(
        String clientId,
        String name,
        URI loginUrl,
        List<URI> redirectUris,
        URI targetLinkUri,
        URI jwksUrl,
        List<String> deployments,
        Set<String> scopes,
        boolean getsNames,
        Mode mode,
        Map<String, String> custom) {

    public static final String LAUREL_CLIENT_ID = "laurel-reference";

    public static final String LAUREL_CANVAS_CLIENT_ID = "10000000000042";

    public static final String LAUREL_MOODLE_CLIENT_ID = "aBcDeFgHiJkLmNo";

    /** Laurel at this public URL, with every service and deployment "1". */
    public static Tool laurel(URI publicUrl) {
        return laurel(publicUrl, LAUREL_CLIENT_ID, "1");
    }

    /** Laurel in a Canvas, under a developer key. */
    public static Tool laurelInCanvas(URI publicUrl) {
        return laurel(publicUrl, LAUREL_CANVAS_CLIENT_ID, "7:d3a2504b0a3c1f2e4d5b6a798877665544332211")
                .as(Mode.CANVAS)
                .withCustom("context_history", "$Context.id.history")
                .withCustom("time_zone", "$Person.address.timezone")
                .withCustom("canvas_course_id", "$Canvas.course.id")
                .withCustom("canvas_user_id", "$Canvas.user.id")
                .withCustom("canvas_section_ids", "$Canvas.course.sectionIds")
                .withCustom("canvas_masquerading_user_id", "$Canvas.masqueradingUser.id")
                .withCustom("canvas_environment_test", "$Canvas.environment.test")
                .withCustom("course_start", "$Canvas.course.startAt")
                .withCustom("course_end", "$Canvas.course.endAt");
    }

    /** Laurel in a Moodle, where the deployment is the number of the tool type. */
    public static Tool laurelInMoodle(URI publicUrl) {
        return laurel(publicUrl, LAUREL_MOODLE_CLIENT_ID, "3")
                .as(Mode.MOODLE)
                .withCustom("context_history", "$Context.id.history")
                .withCustom("time_zone", "$Person.address.timezone")
                .withCustom("course_start", "$CourseSection.timeFrame.begin")
                .withCustom("course_end", "$CourseSection.timeFrame.end")
                .withCustom("moodle_group_ids", "$Moodle.Person.userGroupIds");
    }

    public static Tool laurel(URI publicUrl, String clientId, String... deployments) {
        URI launch = publicUrl.resolve("/lti/launch");
        return new Tool(
                clientId,
                "Laurel",
                publicUrl.resolve("/lti/login"),
                List.of(launch),
                launch,
                publicUrl.resolve("/lti/jwks.json"),
                List.of(deployments),
                LtiNames.ALL_SCOPES,
                true,
                Mode.GENERIC,
                Map.of());
    }

    public Tool withScopes(Set<String> granted) {
        return copy(granted, getsNames, mode, custom);
    }

    public Tool withoutNames() {
        return copy(scopes, false, mode, custom);
    }

    public Tool as(Mode habits) {
        return copy(scopes, getsNames, habits, custom);
    }

    /** With one more custom parameter, as the tool's administrator types it. */
    public Tool withCustom(String parameter, String value) {
        var more = new LinkedHashMap<>(custom);
        more.put(parameter, value);
        return copy(scopes, getsNames, mode, more);
    }

    /** With one more deployment, as an administrator of Canvas makes it by installing the app. */
    public Tool withDeployment(String deployment) {
        var more = new ArrayList<>(deployments);
        more.add(0, deployment);
        return new Tool(
                clientId,
                name,
                loginUrl,
                redirectUris,
                targetLinkUri,
                jwksUrl,
                List.copyOf(more),
                scopes,
                getsNames,
                mode,
                custom);
    }

    private Tool copy(Set<String> granted, boolean names, Mode habits, Map<String, String> parameters) {
        return new Tool(
                clientId,
                name,
                loginUrl,
                redirectUris,
                targetLinkUri,
                jwksUrl,
                deployments,
                granted,
                names,
                habits,
                parameters);
    }
}
