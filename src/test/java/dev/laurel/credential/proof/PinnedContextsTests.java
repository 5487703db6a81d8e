package dev.laurel.credential.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinnedContextsTests {

    /** Another byte in one of these files would make every old signature worthless. */
    @ParameterizedTest
    @CsvSource({
        "credentials-v2.jsonld, 8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f",
        "open-badges-3.0.3.json, 88115d8e3c088bf2c83f68e6373027072ab9f3f83523a55b49d3605199d56413",
        "open-badges-extensions.json, 2d013f981d1f4516081a6a04e55468ba2b071d4153b794f19a79715c45a89a5e",
    })
    void theShippedFilesAreTheseVeryBytes(String file, String sha256) throws Exception {
        try (InputStream in = getClass().getResourceAsStream("/dev/laurel/credential/contexts/" + file)) {
            assertThat(in).isNotNull();
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes())))
                    .isEqualTo(sha256);
        }
    }

    @Test
    void theContextsOfACredentialArePinned() throws Exception {
        for (String context : PinnedContexts.WITH_EXTENSIONS) {
            assertThat(PinnedContexts.shipped().loadDocument(URI.create(context), new DocumentLoaderOptions()))
                    .isNotNull();
        }
    }

    @Test
    void nothingElseIsEverLoaded() {
        for (String url : new String[] {
            "https://www.w3.org/2018/credentials/v1", "http://127.0.0.1:1/context.json", "file:///etc/passwd"
        }) {
            assertThatThrownBy(
                            () -> PinnedContexts.shipped().loadDocument(URI.create(url), new DocumentLoaderOptions()))
                    .isInstanceOf(JsonLdError.class);
        }
    }
}
