package dev.laurel.launch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MetricsSettingsTests {

    @Test
    void aTokenThatIsTooShortIsRefusedAndNotShown(CapturedOutput output) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .properties("laurel.metrics.token=zebra-fish");

        assertThatException().isThrownBy(application::run);

        assertThat(output)
                .contains("LAUREL_METRICS_TOKEN (laurel.metrics.token) must have at least 24")
                .doesNotContain("zebra-fish");
    }

    @Test
    void aTokenIsNotPartOfItsText() {
        assertThat(new MetricsSettings("zebra-fish-".repeat(3))).asString().doesNotContain("zebra");
    }

    /** Not found by the component scan of Laurel itself, because it carries no stereotype. */
    @EnableConfigurationProperties(MetricsSettings.class)
    static class Parts {}
}
