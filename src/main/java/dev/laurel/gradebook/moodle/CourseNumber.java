package dev.laurel.gradebook.moodle;

import dev.laurel.context.CourseContext;
import java.net.URI;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which course of Moodle a course is: the number in the service addresses that Moodle itself signed in a launch. A
 * parameter would do as well, but a teacher can set those of a link.
 */
final class CourseNumber {

    private static final Pattern LINE_ITEMS = Pattern.compile(".*/(\\d{1,18})/lineitems/?");

    private static final Pattern MEMBERSHIPS =
            Pattern.compile(".*/CourseSection/(\\d{1,18})/bindings/[^/]+/memberships/?");

    private CourseNumber() {}

    /** Empty where no address of the course has one, and where two of them name different ones. */
    static OptionalLong of(CourseContext course) {
        OptionalLong byColumns = number(LINE_ITEMS, course.lineitemsUrl());
        OptionalLong byMembers = number(MEMBERSHIPS, course.membershipsUrl());
        if (byColumns.isPresent() && byMembers.isPresent() && byColumns.getAsLong() != byMembers.getAsLong()) {
            return OptionalLong.empty();
        }
        return byColumns.isPresent() ? byColumns : byMembers;
    }

    private static OptionalLong number(Pattern pattern, @Nullable URI address) {
        Matcher matcher = pattern.matcher(address == null ? "" : Objects.requireNonNullElse(address.getPath(), ""));
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
