package dev.laurel.launch.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.launch.TestBrowser;
import dev.laurel.platform.tenant.PublicUrl;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@LaurelTest
@ExtendWith(OutputCaptureExtension.class)
class ErrorPagesIntegrationTests {

    private static final String TOKEN = "Zx9_kQ-3vT7bLm2PqR8sWyAe4Hd6Ju1N";

    @Autowired
    PublicUrl publicUrl;

    /** A token that opens nothing may be a good one with a slip of the pen behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"/b/%s/", "/b/%s/picture.png", "/operator/enter/%s", "/operator/enter/%s/x"})
    void theLogNamesThePathWithoutItsToken(String path, CapturedOutput output) {
        assertThat(new TestBrowser(publicUrl.origin())
                        .get(path.formatted(TOKEN))
                        .statusCode())
                .isBetween(400, 499);

        assertThat(output).contains("Page refused").contains(path.substring(0, path.indexOf('%')));
        assertThat(output).doesNotContain(TOKEN);
    }
}
