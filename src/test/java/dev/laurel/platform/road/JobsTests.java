package dev.laurel.platform.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class JobsTests {

    @Test
    void theLogSaysWhatWasThrownWhereButNotAboutWhom() {
        Exception thrown = new IllegalStateException("Lovelace", new IllegalArgumentException("lovelace@example.org"));
        StringWriter log = new StringWriter();

        Jobs.withoutMessages(thrown).printStackTrace(new PrintWriter(log, true));

        assertThat(log.toString())
                .contains("IllegalStateException", "IllegalArgumentException", "JobsTests")
                .doesNotContainIgnoringCase("lovelace");
    }
}
