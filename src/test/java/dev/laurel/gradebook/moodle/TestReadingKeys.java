package dev.laurel.gradebook.moodle;

import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;

/** Keys as the page of an institution's administrator keeps them. */
public final class TestReadingKeys {

    private TestReadingKeys() {}

    /** A key with which everything can be read of the Moodle of a course. */
    public static void forMoodle(ApplicationContext app, LmsCourse course) {
        forMoodle(app, course, MoodleCapability.values());
    }

    /** A key with which only so much can be read. */
    public static void forMoodle(ApplicationContext app, LmsCourse course, MoodleCapability... capabilities) {
        app.getBean(ReadingKeys.class)
                .save(
                        course.tenant(),
                        course.registrationId(),
                        "moodle",
                        of(course.lms().issuer(), course.lms().moodle().token(), capabilities));
    }

    static ReadingKey of(String address, String token, MoodleCapability... capabilities) {
        return new ReadingKey(
                URI.create(address),
                null,
                token,
                Arrays.stream(capabilities).map(MoodleCapability::key).collect(Collectors.toSet()),
                1,
                Instant.now());
    }
}
