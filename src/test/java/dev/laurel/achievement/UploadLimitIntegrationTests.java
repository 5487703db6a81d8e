package dev.laurel.achievement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LaurelTest
class UploadLimitIntegrationTests {

    @Autowired
    PublicUrl publicUrl;

    @Test
    void fiftyMegabytesAreAnsweredWithAPageThatSaysSo() throws Exception {
        byte[] head = ("--x\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"big.png\"\r\n"
                        + "Content-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[50 * 1024 * 1024];
        System.arraycopy(head, 0, body, 0, head.length);
        HttpRequest upload = HttpRequest.newBuilder(URI.create(publicUrl.at("/badges")))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();

        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(upload, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(answer.body()).contains("That file is too large", "at most 5 MB", "at most 10 MB");
    }
}
