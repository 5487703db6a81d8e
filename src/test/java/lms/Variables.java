package lms;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Values of the variables in custom parameters. One that the LMS does not know, or has no value for, stays as it stands
 * ({@code $Var}); Moodle says {@code null} or nothing for those it knows.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti/v1p3/#custom-properties-and-variables">LTI 1.3, variables</a>
 */
final class Variables {

    private final Map<String, String> values = new HashMap<>();

    private final Mode mode;

    private Variables(Mode mode) {
        this.mode = mode;
    }

    static Variables ofInstitution(Tool tool, LmsUser user) {
        var variables = new Variables(tool.mode());
        variables.put("$User.id", user.id());
        return variables;
    }

    /** Of somebody in a course; {@code link} is {@code null} in a roster. */
    static Variables of(ReferenceLms lms, Tool tool, Course course, ResourceLink link, LmsUser user) {
        Variables variables = ofInstitution(tool, user);
        variables.put("$Context.id", course.contextId(tool));
        if (link != null) {
            variables.put("$ResourceLink.id", link.id());
        }
        variables.putHistory(tool, course);
        if (tool.mode() == Mode.CANVAS) {
            variables.put("$Canvas.user.id", lms.numberOf(user.id()));
            variables.put("$Canvas.course.id", course.id());
            variables.put("$Canvas.course.sectionIds", String.join(",", course.groupsOf(user)));
            variables.put("$Canvas.environment.test", "false");
            variables.put("$Canvas.course.startAt", course.startsAt());
            variables.put("$Canvas.course.endAt", course.endsAt());
            variables.put("$Person.address.timezone", zone(course, user, "Etc/UTC"));
        } else if (tool.mode() == Mode.MOODLE) {
            variables.put("$CourseSection.timeFrame.begin", course.startsAt());
            variables.put("$CourseSection.timeFrame.end", course.endsAt());
            variables.put("$Person.address.timezone", zone(course, user, "99"));
            variables.put("$Moodle.Person.userGroupIds", String.join(",", course.groupsOf(user)));
        }
        return variables;
    }

    private static String zone(Course course, LmsUser user, String unset) {
        String zone = course.timeZoneOf(user);
        return zone == null ? unset : zone;
    }

    /** Without one, a platform that keeps to the specification says nothing of it. */
    private void putHistory(Tool tool, Course course) {
        String history =
                course.history().stream().map(origin -> origin.contextId(tool)).collect(Collectors.joining(","));
        if (!history.isEmpty() || mode != Mode.GENERIC) {
            put("$Context.id.history", history);
        }
    }

    void put(String variable, String value) {
        values.put(variable, value);
    }

    /** The custom parameters of this tool. Moodle sends each in lower case too. */
    Map<String, Object> custom(Tool tool) {
        var custom = new LinkedHashMap<String, Object>();
        tool.custom().forEach((parameter, value) -> {
            Object expanded = values.getOrDefault(value, value);
            if (mode == Mode.MOODLE) {
                custom.put(parameter.toLowerCase(Locale.ROOT), expanded);
            }
            custom.put(parameter, expanded);
        });
        return custom;
    }
}
