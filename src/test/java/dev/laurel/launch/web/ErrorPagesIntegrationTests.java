package dev.laurel.launch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.launch.TestBrowser;
import dev.laurel.platform.tenant.PublicUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@LaurelTest
class ErrorPagesIntegrationTests {

    private static final String TOKEN = "Zx9_kQ-3vT7bLm2PqR8sWyAe4Hd6Ju1N";

    @Autowired
    PublicUrl publicUrl;

    /** A token that opens nothing may be a good one with a slip of the pen behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"/b/%s/", "/b/%s/picture.png", "/operator/enter/%s", "/operator/enter/%s/x"})
    void theLogNamesThePathWithoutItsToken(String path) {
        try (LoggedLines log = new LoggedLines(ErrorPages.class)) {
            assertThat(new TestBrowser(publicUrl.origin())
                            .get(path.formatted(TOKEN))
                            .statusCode())
                    .isBetween(400, 499);

            await().untilAsserted(() -> assertThat(log.lines())
                    .anySatisfy(line ->
                            assertThat(line).contains("Page refused").contains(path.substring(0, path.indexOf('%')))));
            assertThat(log.lines()).noneSatisfy(line -> assertThat(line).contains(TOKEN));
        }
    }
}
