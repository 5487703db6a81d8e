package dev.laurel.publication.returning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import lms.Browser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** An installation without a mail server says plainly that nobody comes back by e-mail. */
@LaurelTest
class WithoutMailIntegrationTests {

    @Autowired
    ApplicationContext laurel;

    @Autowired
    Issuers issuers;

    @Autowired
    PublicUrl publicUrl;

    @Test
    void thePagesSaySoAndTakeNoAddress() {
        try (LaunchedCourse launched = LaunchedCourse.start(
                laurel, ReferenceLms.builder().students(1).institution("University " + UUID.randomUUID()))) {
            Browser student = launched.launch(launched.lms().course().student(0));
            Issuer issuer = issuers.of(
                    launched.tenant(),
                    launched.context().id(),
                    launched.context().title());
            URI door = URI.create(publicUrl.at(ShelfDoor.path(issuer)));

            Page mine = student.open(URI.create(publicUrl.at("/my/address")));
            Page forStrangers = new Browser().open(door);

            assertThat(mine.text()).contains("This Laurel sends no e-mail").doesNotContain("name=\"email\"");
            assertThat(forStrangers.text())
                    .contains("This Laurel sends no e-mail")
                    .doesNotContain("<form");
            assertThat(new Browser()
                            .open(door.resolve("/issuers/" + issuer.publicId()))
                            .text())
                    .doesNotContain("My badges by e-mail");
            assertThat(new Browser()
                            .post(door, Map.of("email", "ada@home.example"), publicUrl.origin())
                            .text())
                    .contains("This Laurel sends no e-mail");
        }
    }
}
