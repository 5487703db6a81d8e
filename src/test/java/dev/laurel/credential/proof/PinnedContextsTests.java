package dev.laurel.credential.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import dev.laurel.platform.secrets.Sha256;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PinnedContextsTests {

    /** Another byte in one of these files would make every old signature worthless. */
    private static final Map<String, String> SHIPPED = Map.ofEntries(
            Map.entry("credentials-v2.jsonld", "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f"),
            Map.entry("open-badges-3.0.3.json", "88115d8e3c088bf2c83f68e6373027072ab9f3f83523a55b49d3605199d56413"),
            Map.entry(
                    "open-badges-extensions.json", "2d013f981d1f4516081a6a04e55468ba2b071d4153b794f19a79715c45a89a5e"),
            Map.entry("credentials-v1.jsonld", "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8"),
            Map.entry("open-badges-3.0.0.json", "9f1c8f9f361ba2994b9b50701f41149919542c50c7b7455b2846d87959295d72"),
            Map.entry("open-badges-3.0.1.json", "af095468326d3449160509b26ca71576e6321d13c85b0369cfe3b654c9a48fba"),
            Map.entry("open-badges-3.0.2.json", "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53"),
            Map.entry("ed25519-2020-v1.jsonld", "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588"),
            Map.entry("data-integrity-v1.jsonld", "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554"),
            Map.entry("data-integrity-v2.jsonld", "0f77743daf5b4e8fc067fc5ba5b21044283053aa717fc6b0219843bed3b00363"),
            Map.entry("status-list-2021-v1.jsonld", "634d71c159289f068c96012e4511c657fdf82ac4231900081bda3ba24e2e1160"),
            Map.entry(
                    "bitstring-status-list-v1.jsonld",
                    "fd08cbf28ddd829ab2f1978c48f43ab07a112c1c90245a0cfac7ba721c65170c"));

    @Test
    void theShippedFilesAreTheseVeryBytesAndNoOthers() throws Exception {
        Map<String, String> found = new HashMap<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("src/main/resources/dev/laurel/credential/contexts"), "*.json*")) {
            for (Path file : files) {
                found.put(file.getFileName().toString(), HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(file))));
            }
        }

        assertThat(found).containsExactlyInAnyOrderEntriesOf(SHIPPED);
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
