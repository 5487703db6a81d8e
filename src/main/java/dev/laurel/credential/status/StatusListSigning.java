package dev.laurel.credential.status;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.proof.Signer;
import dev.laurel.credential.status.StatusLists.Signed;
import dev.laurel.credential.status.StatusLists.Unsigned;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Signs status lists that say something new, in a job, with the key of the issuer they belong to. Reading one never signs.
 *
 * @see <a href="https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential">Bitstring Status List v1.0, 2.2</a>
 */
@Component
public class StatusListSigning {

    static final String KIND = "credential-status";

    private static final Logger LOG = LoggerFactory.getLogger(StatusListSigning.class);

    private final StatusLists lists;

    private final Issuers issuers;

    private final IssuerKeys keys;

    private final CredentialAddresses addresses;

    private final EddsaRdfc2022 suite;

    StatusListSigning(
            StatusLists lists, Issuers issuers, IssuerKeys keys, CredentialAddresses addresses, EddsaRdfc2022 suite) {
        this.lists = lists;
        this.issuers = issuers;
        this.keys = keys;
        this.addresses = addresses;
        this.suite = suite;
    }

    void run(TenantId tenant, String subject) {
        publish(tenant);
    }

    /** Whatever of this tenant's lists is not signed as it stands. */
    public void publish(TenantId tenant) {
        lists.publish(tenant, (list, now) -> sign(tenant, list, now));
    }

    /** What is wrong with one issuer stops only the lists of that issuer. */
    private Optional<Signed> sign(TenantId tenant, Unsigned list, Instant now) {
        try {
            return issuers.find(tenant, list.issuerId()).map(issuer -> sign(tenant, issuer, list, now));
        } catch (IllegalStateException | StaleKeyException e) {
            LOG.warn("Status list {} of tenant {} waits: the issuer's key cannot be used", list.publicId(), tenant);
            return Optional.empty();
        }
    }

    private Signed sign(TenantId tenant, Issuer issuer, Unsigned list, Instant now) {
        CredentialAddresses names = addresses.under(list.publicUrl());
        String did = names.did(issuer.publicId());
        String url = names.statusList(list.publicId());
        if (list.kind() == ListKind.IDS) {
            return new Signed(RevocationList.write(url, did, list.withdrawn()), null);
        }
        Signer signer = keys.signer(issuer, keys.active(tenant, issuer, KeyAlgorithm.ED25519), names);
        String suspensions = names.suspensions(list.publicId());
        return new Signed(
                signed(toJson(url, did, Purpose.revocation(suspensions), list.bits(), now), signer, now),
                signed(toJson(suspensions, did, Purpose.suspension(url), list.suspensions(), now), signer, now));
    }

    private byte[] signed(JsonObject unsigned, Signer signer, Instant now) {
        return JsonBytes.write(suite.sign(unsigned, signer, now));
    }

    /** What a bit of a list means, for a program and for a person. */
    record Purpose(String text, String description) {

        static Purpose revocation(String suspensions) {
            return new Purpose(
                    CredentialStatus.REVOCATION,
                    "A credential whose bit is set is not in force: it was taken back, or it is suspended for now. Which of"
                            + " them it is stands in " + suspensions);
        }

        static Purpose suspension(String revocations) {
            return new Purpose(
                    CredentialStatus.SUSPENSION,
                    "A credential whose bit is set is suspended: it is not in force for now, and may be again. The places"
                            + " are those of " + revocations);
        }
    }

    static JsonObject toJson(String url, String did, Purpose purpose, StatusBits bits, Instant now) {
        return JsonBytes.JSON
                .createObjectBuilder()
                .add("@context", JsonBytes.JSON.createArrayBuilder().add(PinnedContexts.CREDENTIALS_V2))
                .add("id", url)
                .add(
                        "type",
                        JsonBytes.JSON
                                .createArrayBuilder()
                                .add("VerifiableCredential")
                                .add("BitstringStatusListCredential"))
                .add("issuer", did)
                .add("description", purpose.description())
                .add("validFrom", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .add(
                        "credentialSubject",
                        JsonBytes.JSON
                                .createObjectBuilder()
                                .add("id", url + "#list")
                                .add("type", "BitstringStatusList")
                                .add("statusPurpose", purpose.text())
                                .add("encodedList", bits.encode()))
                .build();
    }
}
