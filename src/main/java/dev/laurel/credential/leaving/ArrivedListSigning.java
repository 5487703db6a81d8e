package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArrivedRepository.StatusList;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.Signer;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs status lists that were brought here anew, with the keys of their issuers. */
final class ArrivedListSigning {

    private final ArrivedRepository arrived;

    private final EddsaRdfc2022 suite;

    private final MasterKey masterKey;

    ArrivedListSigning(ArrivedRepository arrived, EddsaRdfc2022 suite, MasterKey masterKey) {
        this.arrived = arrived;
        this.suite = suite;
        this.masterKey = masterKey;
    }

    /** The key that would sign now. */
    Optional<Signer> signer(TenantId tenant, long issuerId, String did) {
        return arrived.keys(tenant, issuerId).stream()
                .filter(key -> key.retiredAt() == null && key.algorithm().equals(ArrivedKeys.ED25519))
                .reduce((first, second) -> second)
                .map(key -> Ed25519.signer(
                        did + "#" + key.fragment(), masterKey.open(ArrivedKeys.PURPOSE, key.privateSealed())));
    }

    /** The list with these not in force for good, which none of them is suspended only. */
    StatusList withdraw(StatusList list, Collection<ArrivedCredential> withdrawn, Signer signer, Instant now) {
        byte[] suspensions = list.suspensions();
        return new StatusList(
                signed(ArrivedList.parse(list.signed()).with(withdrawn, now), signer, now),
                suspensions == null
                        ? null
                        : signed(ArrivedList.parse(suspensions).without(withdrawn, now), signer, now),
                list.revision() + 1);
    }

    /** Whether nobody learns anything else from them. */
    static boolean areTheSame(StatusList one, StatusList other) {
        return areTheSame(one.signed(), other.signed()) && areTheSame(one.suspensions(), other.suspensions());
    }

    private static boolean areTheSame(byte @Nullable [] one, byte @Nullable [] other) {
        return one == null || other == null
                ? one == other
                : ArrivedList.parse(one).saysTheSameAs(ArrivedList.parse(other));
    }

    private byte[] signed(ArrivedList list, Signer signer, Instant now) {
        return JsonBytes.write(list.isOfBits() ? suite.sign(list.json(), signer, now) : list.json());
    }
}
