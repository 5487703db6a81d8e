package dev.laurel.credential.check;

import java.util.List;
import java.util.Optional;

/** Checks badges of the issuers of this installation, whose keys and lists are at hand. */
public interface OwnBadges {

    /**
     * @param issuer as the credential names it
     * @param badge an Open Badges 3.0 credential as JSON or as compact JWS
     * @return empty where the issuer is not one of ours; otherwise its checks, and the host
     */
    Optional<Judged> check(String issuer, byte[] badge);

    /**
     * What was found, and the public host of this installation.
     *
     * @param checks up to the first that failed; where the signature is right, dates and status both
     */
    record Judged(List<Check> checks, String host) {

        /** Whether it names the very vocabularies that ours do, which say all that is in it. */
        boolean isWrittenLikeOurs() {
            return checks.contains(new Check(Check.Name.CONTEXTS, Check.Result.PASSED, null, null));
        }
    }
}
