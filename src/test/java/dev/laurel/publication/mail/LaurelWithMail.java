package dev.laurel.publication.mail;

import com.icegreen.greenmail.util.GreenMail;
import dev.laurel.LaurelTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * One Laurel with one mail server for every class that extends this, until the tests end. A class looks only at messages to its
 * own people, and waits for all that it causes.
 */
@LaurelTest
@TestPropertySource(properties = "laurel.test.schema=mail-alone")
public abstract class LaurelWithMail {

    protected static final GreenMail SERVER = TestMailServer.create();

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry properties) {
        TestMailServer.start(SERVER, properties);
    }
}
