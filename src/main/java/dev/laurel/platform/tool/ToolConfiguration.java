package dev.laurel.platform.tool;

import dev.laurel.platform.tenant.PublicUrl;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What a platform must know of this Laurel. Dynamic Registration, the operator's pages and the files of {@code lti-config}
 * say all of it from here, so that they cannot say different things.
 */
@Component
public class ToolConfiguration {

    public static final String LOGIN_PATH = "/lti/login";

    /** The target of every message, and the one redirect URI. */
    public static final String LAUNCH_PATH = "/lti/launch";

    public static final String JWKS_PATH = "/lti/jwks.json";

    /** Canvas's word for {@link #claims}. */
    public static final String CANVAS_PRIVACY_LEVEL = "name_only";

    /** Of the dialog in which a badge is chosen, in pixels. */
    public static final int DIALOG_WIDTH = 800;

    public static final int DIALOG_HEIGHT = 600;

    private static final String ICON_PATH = "/laurel.svg";

    private static final List<CustomParameter> CUSTOM_PARAMETERS = List.of(
            new CustomParameter("context_history", "$Context.id.history", null),
            new CustomParameter("time_zone", "$Person.address.timezone", null),
            new CustomParameter("canvas_course_id", "$Canvas.course.id", ProductFamily.CANVAS),
            new CustomParameter("canvas_user_id", "$Canvas.user.id", ProductFamily.CANVAS),
            new CustomParameter("canvas_section_ids", "$Canvas.course.sectionIds", ProductFamily.CANVAS),
            new CustomParameter("canvas_masquerading_user_id", "$Canvas.masqueradingUser.id", ProductFamily.CANVAS),
            new CustomParameter("canvas_environment_test", "$Canvas.environment.test", ProductFamily.CANVAS),
            new CustomParameter("course_start", "$Canvas.course.startAt", ProductFamily.CANVAS),
            new CustomParameter("course_end", "$Canvas.course.endAt", ProductFamily.CANVAS),
            new CustomParameter("course_start", "$CourseSection.timeFrame.begin", ProductFamily.MOODLE),
            new CustomParameter("course_end", "$CourseSection.timeFrame.end", ProductFamily.MOODLE),
            new CustomParameter("moodle_group_ids", "$Moodle.Person.userGroupIds", ProductFamily.MOODLE));

    private final PublicUrl publicUrl;

    public ToolConfiguration(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    public String title() {
        return "Laurel";
    }

    public String description() {
        return "Turns results in a course into signed Open Badges 3.0";
    }

    public String homeUrl() {
        return publicUrl.value().toString();
    }

    /** Host, with the port where there is one: Moodle compares it with that of the target link. */
    public String domain() {
        return publicUrl.value().getAuthority();
    }

    public String loginUrl() {
        return publicUrl.at(LOGIN_PATH);
    }

    public String launchUrl() {
        return publicUrl.at(LAUNCH_PATH);
    }

    public String jwksUrl() {
        return publicUrl.at(JWKS_PATH);
    }

    public String iconUrl() {
        return publicUrl.at(ICON_PATH);
    }

    public List<LtiScope> scopes() {
        return List.of(LtiScope.values());
    }

    public List<LtiMessage> messages() {
        return List.of(LtiMessage.values());
    }

    public List<Placement> placements() {
        return List.of(Placement.values());
    }

    /** What Laurel reads of a person besides an opaque number. The e-mail address is not asked for; it is used where it is told. */
    public List<String> claims() {
        return List.of("iss", "sub", "name", "given_name", "family_name");
    }

    /** Custom parameters for a platform of this family: those of the specification and its own. */
    public List<CustomParameter> customParameters(ProductFamily family) {
        return CUSTOM_PARAMETERS.stream()
                .filter(parameter -> parameter.isFor(family))
                .toList();
    }
}
