package dev.laurel.context.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import java.util.List;
import java.util.Set;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** What a Canvas says of its own users: which of their accounts are one. */
@LaurelTest
@RecordApplicationEvents
class AccountsOfOnePlatformIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    PersonLinks links;

    @Autowired
    ApplicationEvents events;

    private LmsCourse course;

    private LmsUser ada;

    private LmsUser bao;

    @BeforeEach
    void start() {
        course = LmsCourse.start(
                app,
                ReferenceLms.builder().students(2),
                tool -> tool.as(Mode.CANVAS).withCustom("canvas_user_id", "$Canvas.user.id"));
        ada = course.course().student(0);
        bao = course.course().student(1);
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void whoWereMergedByMistakeAreTwoAgainOnceTheirPlatformPartedThem() {
        reading("20", "20");
        assertThat(links.others(course.tenant(), List.of(course.person(ada))))
                .containsEntry(course.person(ada), Set.of(course.person(bao)));
        events.clear();

        reading("10", "20");

        assertThat(links.others(course.tenant(), both())).isEmpty();
        assertThat(events.stream(PersonLinksChanged.class))
                .as("what one holds is looked at without the other")
                .extracting(PersonLinksChanged::personIds)
                .contains(both());

        reading("10", "10");
        assertThat(links.others(course.tenant(), both())).hasSize(2);
    }

    private Set<Long> both() {
        return Set.of(course.person(ada), course.person(bao));
    }

    private void reading(String ofAda, String ofBao) {
        course.lms().giveNumber(ada, ofAda);
        course.lms().giveNumber(bao, ofBao);
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
    }
}
