package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.context.CourseContext;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which course of Moodle a course is, by the addresses that Moodle gave it. */
class CourseNumberTests {

    private static final String SERVICES = "https://lms.example.edu/moodle/mod/lti/services.php/";

    @Test
    void eitherAddressNamesIt() {
        assertThat(number(SERVICES + "2/lineitems?type_id=1", null)).hasValue(2);
        assertThat(number(null, SERVICES + "CourseSection/17/bindings/1/memberships"))
                .hasValue(17);
        assertThat(number(SERVICES + "2/lineitems?type_id=1", SERVICES + "CourseSection/2/bindings/1/memberships"))
                .hasValue(2);
    }

    @Test
    void addressesThatDisagreeOrNameNoneNameNothing() {
        assertThat(number(SERVICES + "2/lineitems", SERVICES + "CourseSection/3/bindings/1/memberships"))
                .isEmpty();
        assertThat(number(null, null)).isEmpty();
        assertThat(number("https://canvas.example/api/lti/courses/x/line_items", null))
                .isEmpty();
        assertThat(number(SERVICES + "2/lineitems/9/lineitem", null)).isEmpty();
        assertThat(number(SERVICES + "lineitems?course=2", null)).isEmpty();
    }

    private static OptionalLong number(@Nullable String lineItems, @Nullable String memberships) {
        return CourseNumber.of(new CourseContext(
                new TenantId(1),
                1,
                1,
                "Course",
                null,
                ZoneOffset.UTC,
                lineItems == null ? null : URI.create(lineItems),
                Set.of(),
                memberships == null ? null : URI.create(memberships),
                "moodle",
                false,
                false,
                null,
                null,
                Instant.EPOCH,
                null,
                null,
                null));
    }
}
