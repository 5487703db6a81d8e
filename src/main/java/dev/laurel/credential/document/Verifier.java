package dev.laurel.credential.document;

import static dev.laurel.credential.proof.JsonBytes.text;

import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Issuers.OwnedIssuer;
import dev.laurel.credential.Verification;
import dev.laurel.credential.Verification.Check;
import dev.laurel.credential.endorsement.IssuedEndorsements;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.JwsKeys;
import dev.laurel.credential.proof.Multikey;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.credential.status.CredentialStatus;
import dev.laurel.credential.status.ListKind;
import dev.laurel.credential.status.RevocationList;
import dev.laurel.credential.status.SignedStatusList;
import dev.laurel.credential.status.StatusBits;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.credential.status.Withdrawal;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Verifies a credential, embedded proof or JWT, as a stranger would: from its bytes and the published keys of its issuer, and
 * from nothing else that Laurel knows. Of a learner record it verifies the JWT; the credentials inside are verified one by one. This
 * version resolves only DIDs of this installation.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#verification">Open Badges 3.0, 8. Verification and Validation</a>
 */
@Component
public class Verifier {

    /** Bytes: a learner record of many badges is a JWT. */
    private static final int LARGEST_JWT = 4 << 20;

    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final EddsaRdfc2022 suite;

    private final Issuers issuers;

    private final IssuerKeys keys;

    private final CredentialAddresses addresses;

    private final StatusLists lists;

    private final IssuedEndorsements endorsements;

    private final Clock clock;

    Verifier(
            EddsaRdfc2022 suite,
            Issuers issuers,
            IssuerKeys keys,
            CredentialAddresses addresses,
            StatusLists lists,
            IssuedEndorsements endorsements,
            Clock clock) {
        this.suite = suite;
        this.issuers = issuers;
        this.keys = keys;
        this.addresses = addresses;
        this.lists = lists;
        this.endorsements = endorsements;
        this.clock = clock;
    }

    /**
     * Checks in order until one fails: what comes after it would mean nothing. Of one that its issuer signed both dates and
     * status are told.
     */
    public Verification verify(byte[] bytes) {
        List<Check> checks = new ArrayList<>();
        String checking = "verify.shape";
        try {
            boolean jwt = bytes.length > 0 && bytes[0] == 'e';
            JsonObject credential = jwt ? JsonBytes.parse(VcJwt.payload(bytes), LARGEST_JWT) : JsonBytes.parse(bytes);
            if (jwt) {
                credential = VcJwt.withoutClaims(credential);
            } else {
                EddsaRdfc2022.onlyProof(credential);
            }
            boolean record = LearnerRecord.is(credential);
            if (record) {
                // The vocabulary of records is not at hand, so one is signed as a JWT only.
                require(jwt);
                LearnerRecord.require(credential);
            } else {
                CredentialShape.require(credential);
            }
            checks.add(new Check(checking, true));

            checking = "verify.contexts";
            require(
                    record
                            ? LearnerRecord.isWrittenLikeOurs(credential)
                            : CredentialShape.isWrittenLikeOurs(credential));
            checks.add(new Check(checking, true));

            checking = "verify.issuer-foreign";
            String did = text(credential.getJsonObject("issuer"), "id");
            OwnedIssuer issuer = addresses
                    .issuerOf(did)
                    .flatMap(issuers::findByPublicId)
                    .orElseThrow(() -> new BadCredentialException("Not an issuer of this installation"));
            List<CredentialAddresses> names = addresses.allNaming(did);

            checking = "verify.issuer";
            if (jwt) {
                IssuerKey key = jwtKey(issuer, names, VcJwt.header(bytes));
                checks.add(new Check(checking, true));
                checking = "verify.signature";
                VcJwt.requireSignature(bytes, JwsKeys.of(key.algorithm().stored()), IssuerKeys.publicKey(key));
            } else {
                byte[] publicKey = ed25519Key(issuer, did, EddsaRdfc2022.onlyProof(credential));
                checks.add(new Check(checking, true));
                checking = "verify.signature";
                require(suite.verify(credential, publicKey));
            }
            checks.add(new Check(checking, true));

            checking = "verify.status";
            standing(checks, credential, issuer, names, did);
        } catch (BadCredentialException e) {
            checks.add(new Check(checking, false));
        }
        return new Verification(checks.stream().allMatch(Check::passed), List.copyOf(checks));
    }

    /** Each is looked at whatever the other says: one that has ended may have been taken back as well. */
    private void standing(
            List<Check> checks,
            JsonObject credential,
            OwnedIssuer issuer,
            List<CredentialAddresses> names,
            String did) {
        checks.add(new Check("verify.dates", isInForce(credential)));
        if (CredentialShape.isEndorsement(credential)) {
            boolean ended = endorsements.isEnded(issuer.tenant(), CredentialShape.id(credential));
            checks.add(new Check("verify.status", !ended));
        }
        if (credential.containsKey("credentialStatus")) {
            checks.add(status(credential, issuer, names, did));
        }
    }

    private Check status(JsonObject credential, OwnedIssuer issuer, List<CredentialAddresses> names, String did) {
        try {
            Withdrawal why = withdrawal(credential, issuer, names, did);
            return new Check(why == Withdrawal.SUSPENDED ? Verification.SUSPENDED : "verify.status", why == null);
        } catch (BadCredentialException e) {
            return new Check(Verification.STATUS_UNREAD, false);
        }
    }

    private byte[] ed25519Key(OwnedIssuer issuer, String did, JsonObject proof) {
        String method = text(proof, "verificationMethod");
        Instant created = instant(text(proof, "created"));
        require(method.startsWith(did + "#") && "assertionMethod".equals(text(proof, "proofPurpose")));
        IssuerKey key = keys.find(issuer.tenant(), issuer.issuer(), method.substring(did.length() + 1))
                .filter(found -> found.algorithm() == KeyAlgorithm.ED25519 && found.wasActiveAt(created))
                .orElseThrow(() -> new BadCredentialException("Not a key of the issuer"));
        return Multikey.toEd25519(key.publicKey());
    }

    private IssuerKey jwtKey(OwnedIssuer issuer, List<CredentialAddresses> names, VcJwt.Header header) {
        UUID id = issuer.issuer().publicId();
        return keys.all(issuer.tenant(), issuer.issuer()).stream()
                .filter(key -> key.stolenAt() == null
                        && key.algorithm().signsJwts()
                        && names.stream()
                                .anyMatch(each -> each.key(id, key.fragment()).equals(header.kid())))
                .findFirst()
                .orElseThrow(() -> new BadCredentialException("Not a key of the issuer"));
    }

    /** As the issuer's published lists say, which have to be signed by the issuer itself; {@code null}: in force. */
    private @Nullable Withdrawal withdrawal(
            JsonObject credential, OwnedIssuer issuer, List<CredentialAddresses> names, String did) {
        if (!(credential.get("credentialStatus") instanceof JsonObject entry)) {
            throw new BadCredentialException("Not one status");
        }
        CredentialStatus status = CredentialStatus.read(entry);
        UUID id = addresses
                .statusListOf(status.list())
                .orElseThrow(() -> new BadCredentialException("No such status list"));
        CredentialAddresses then = names.stream()
                .filter(each -> each.statusList(id).equals(status.list()))
                .findFirst()
                .orElseThrow(() -> new BadCredentialException("No such status list"));
        SignedStatusList list =
                lists.published(id).orElseThrow(() -> new BadCredentialException("No such status list"));
        Integer index = status.index();
        if (index == null) {
            require(list.kind() == ListKind.IDS);
            return RevocationList.find(list.bytes(), text(credential, "id"));
        }
        require(list.kind() != ListKind.IDS);
        if (!bits(list.bytes(), status.list(), CredentialStatus.REVOCATION, issuer, did)
                .isSet(index)) {
            return null;
        }
        byte[] suspensions = list.suspensions();
        return suspensions != null
                        && bits(suspensions, then.suspensions(id), CredentialStatus.SUSPENSION, issuer, did)
                                .isSet(index)
                ? Withdrawal.SUSPENDED
                : Withdrawal.REVOKED;
    }

    private StatusBits bits(byte[] bytes, String url, String purpose, OwnedIssuer issuer, String did) {
        JsonObject list = JsonBytes.parse(bytes);
        require(text(list, "id").equals(url) && text(list, "issuer").equals(did));
        require(suite.verify(list, ed25519Key(issuer, did, EddsaRdfc2022.onlyProof(list))));
        JsonObject bits = list.getJsonObject("credentialSubject");
        require(purpose.equals(text(bits, "statusPurpose")));
        return StatusBits.decode(text(bits, "encodedList"));
    }

    private boolean isInForce(JsonObject credential) {
        Instant now = clock.instant();
        try {
            boolean begun = !instant(text(credential, "validFrom")).isAfter(now.plus(LEEWAY));
            boolean ended = credential.containsKey("validUntil")
                    && instant(text(credential, "validUntil")).isBefore(now);
            return begun && !ended;
        } catch (BadCredentialException e) {
            return false;
        }
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new BadCredentialException("Not a time with its zone", e);
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new BadCredentialException("A check failed");
        }
    }
}
