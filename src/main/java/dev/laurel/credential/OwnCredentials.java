package dev.laurel.credential;

import dev.laurel.credential.check.Check;
import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.check.Check.Result;
import dev.laurel.credential.check.OwnBadges;
import dev.laurel.credential.check.Reason;
import dev.laurel.credential.document.Verifier;
import dev.laurel.credential.issuer.CredentialAddresses;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Credentials of our own issuers are held to all that ours are, by the {@link Verifier}, and nothing is fetched for them. */
@Component
class OwnCredentials implements OwnBadges {

    private final Verifier verifier;

    private final CredentialAddresses addresses;

    OwnCredentials(Verifier verifier, CredentialAddresses addresses) {
        this.verifier = verifier;
        this.addresses = addresses;
    }

    @Override
    public Optional<Judged> check(String issuer, byte[] badge) {
        return addresses
                .naming(issuer)
                .map(names ->
                        new Judged(checks(badge), names.publicUrl().value().getRawAuthority()));
    }

    private List<Check> checks(byte[] badge) {
        return verifier.verify(badge).checks().stream()
                .map(check -> check.passed()
                        ? new Check(name(check.name()), Result.PASSED, null, null)
                        : new Check(name(check.name()), result(check.name()), reason(check.name()), null))
                .toList();
    }

    private static Result result(String check) {
        return check.equals(Verification.STATUS_UNREAD) ? Result.UNKNOWN : Result.FAILED;
    }

    private static Name name(String check) {
        return switch (check) {
            case "verify.contexts" -> Name.CONTEXTS;
            case "verify.issuer", "verify.issuer-foreign" -> Name.ISSUER;
            case "verify.signature" -> Name.SIGNATURE;
            case "verify.dates" -> Name.DATES;
            case "verify.status", Verification.SUSPENDED, Verification.STATUS_UNREAD -> Name.STATUS;
            default -> Name.FORM;
        };
    }

    private static Reason reason(String check) {
        return switch (check) {
            case "verify.contexts" -> Reason.CONTEXT_MISSING;
            case "verify.issuer", "verify.issuer-foreign" -> Reason.KEY_NOT_PUBLISHED;
            case "verify.signature" -> Reason.SIGNATURE_WRONG;
            case "verify.dates" -> Reason.NOT_IN_FORCE;
            case "verify.status" -> Reason.REVOKED;
            case Verification.SUSPENDED -> Reason.SUSPENDED;
            case Verification.STATUS_UNREAD -> Reason.STATUS_LIST_BROKEN;
            default -> Reason.MEMBER_WRONG;
        };
    }
}
