package dev.laurel.launch.oidc;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import java.net.URI;

/** What a platform may answer in place of its key set: keys, or a refusal that says that there are none. */
public final class KeySetFuzzing {

    private static final URI ADDRESS = URI.create("https://lms.example.edu/jwks");

    private static final JWSHeader HEADER =
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build();

    private KeySetFuzzing() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        String text = data.consumeBoolean()
                ? data.consumeRemainingAsString()
                : "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\"," + data.consumeRemainingAsString() + "}]}";
        PlatformKeys keys = new PlatformKeys(address -> text, KeySet.Keeping.USUAL);
        try {
            keys.candidates(ADDRESS, HEADER);
        } catch (LaunchRefusedException refused) {
            if (refused.refusal() != Refusal.KEYS_UNREACHABLE) {
                throw refused;
            }
        } finally {
            keys.destroy();
        }
    }
}
