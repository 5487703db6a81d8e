package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArrivedListRepository.StatusList;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.Signer;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;

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

    /**
     * The list with these not in force. One of ids is signed by nobody, and needs no key.
     *
     * @return empty where there is none that signs
     */
    Optional<StatusList> write(StatusList like, NotInForce what, Optional<Signer> signer, Instant now) {
        ArrivedList list = ArrivedList.parse(like.signed());
        if (!list.isOfBits()) {
            return Optional.of(new StatusList(JsonBytes.write(list.withIds(what).json()), null, like.revision()));
        }
        byte[] suspensions = like.suspensions();
        return signer.map(key -> new StatusList(
                signed(list.withPlaces(what.all(), now), key, now),
                suspensions == null
                        ? null
                        : signed(ArrivedList.parse(suspensions).withPlaces(what.suspended(), now), key, now),
                like.revision()));
    }

    private byte[] signed(ArrivedList list, Signer signer, Instant now) {
        return JsonBytes.write(suite.sign(list.json(), signer, now));
    }
}
