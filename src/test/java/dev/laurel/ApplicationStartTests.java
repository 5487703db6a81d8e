package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

@LaurelTest
class ApplicationStartTests {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PublicUrl publicUrl;

    @Test
    void everyMigrationRuns() {
        assertThat(jdbc.sql("SELECT COUNT(*) FROM flyway_schema_history WHERE success = 1")
                        .query(Integer.class)
                        .single())
                .isGreaterThanOrEqualTo(10);
    }

    @Test
    void everyScriptAndStyleThatPagesNameIsThere() throws Exception {
        String layout = new ClassPathResource("templates/layout.html").getContentAsString(StandardCharsets.UTF_8);
        List<String> files = Pattern.compile("th:(?:src|href)=\"@\\{(/[^}]+\\.(?:js|css|svg))\\}\"")
                .matcher(layout)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(files).anyMatch(file -> file.startsWith("/webjars/"));
        for (String file : files) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(publicUrl.at(file))).build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .as(file)
                    .isEqualTo(200);
        }
    }
}
