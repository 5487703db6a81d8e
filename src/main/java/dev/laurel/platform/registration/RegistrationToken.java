package dev.laurel.platform.registration;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Optional;

/**
 * What the platform gave the administrator's browser for us: a bearer token, sent back as it came. It is not ours to
 * verify. Not all platforms have one (D2L).
 */
record RegistrationToken(String value) {

    private static final String HOST = "[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+";

    /** Canvas names the address at which the school opens its pages: one that its sign-in does not know of. */
    Optional<String> school() {
        try {
            return Optional.ofNullable(JWTParser.parse(value).getJWTClaimsSet().getStringClaim("root_account_domain"))
                    .filter(host -> host.length() < 200 && host.matches(HOST));
        } catch (ParseException | RuntimeException e) {
            // The parser stumbles over some headers, "null" for one, with whatever exception comes.
            return Optional.empty();
        }
    }

    /** A text that a page or a log will show. */
    String removedFrom(String words) {
        return words.replace(value, "...");
    }

    /** Never in a log, whatever prints this. */
    @Override
    public String toString() {
        return "a registration token";
    }
}
