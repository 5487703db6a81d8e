package dev.laurel.context;

import dev.laurel.launch.Launch;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The host at which a platform names the services of a course. Behind one registration there may be several, as behind the
 * client id that Instructure gives to all of its schools, and each has numbers of its own for people.
 */
final class PlatformHost {

    /** Where no service is named. No number that is told there is anybody's in a course. */
    static final String NONE = "";

    private PlatformHost() {}

    static String of(CourseContext course) {
        return of(course.lineitemsUrl(), course.membershipsUrl());
    }

    static String of(Launch launch) {
        return of(launch.ags() == null ? null : launch.ags().lineitems(), launch.membershipsUrl());
    }

    private static String of(@Nullable URI lineitems, @Nullable URI memberships) {
        return Stream.of(lineitems, memberships)
                .filter(Objects::nonNull)
                .map(URI::getHost)
                .filter(Objects::nonNull)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse(NONE);
    }
}
