package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArrivedListRepository.Place;
import dev.laurel.credential.leaving.ArrivedListRepository.StatusList;
import dev.laurel.credential.leaving.ArrivedRepository.Published;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Badges that were brought here: they say what they said, and can still be taken back. */
@Component
public class Arrived {

    private static final int MOST_ISSUERS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Arrived.class);

    private final ArrivedRepository arrived;

    private final ArrivedLists lists;

    private final ArrivedListRepository listRows;

    private final PublicUrl publicUrl;

    private final Clock clock;

    Arrived(
            ArrivedRepository arrived,
            ArrivedLists lists,
            ArrivedListRepository listRows,
            PublicUrl publicUrl,
            Clock clock) {
        this.arrived = arrived;
        this.lists = lists;
        this.listRows = listRows;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** By name; of more than {@value #MOST_ISSUERS} the first. */
    public List<ArrivedIssuer> issuers(TenantId tenant) {
        return arrived.issuers(tenant, MOST_ISSUERS);
    }

    /** One issuer that came here, by the number in its address here. */
    public Optional<ArrivedIssuer> issuer(TenantId tenant, UUID arrivalId) {
        return arrived.issuer(tenant, arrivalId);
    }

    /** The newest first. */
    public List<ArrivedCredential> credentials(TenantId tenant, ArrivedIssuer issuer, int offset, int limit) {
        return arrived.credentials(tenant, issuer.id(), offset, limit);
    }

    /** One badge of an issuer that came here. */
    public Optional<ArrivedCredential> credential(TenantId tenant, ArrivedIssuer issuer, UUID id) {
        return arrived.credential(tenant, issuer.id(), id);
    }

    /** The signed bytes, JSON with its proof or JWT; exactly as they came. */
    public Optional<byte[]> bytes(TenantId tenant, ArrivedCredential credential, boolean jwt) {
        return arrived.form(tenant, credential.id(), jwt ? "as-issued.jwt" : "as-issued.json");
    }

    /** Where the keys and lists of an issuer stand here, for whoever serves its old address. */
    public List<String> addresses(TenantId tenant, ArrivedIssuer issuer) {
        String base = publicUrl.at("/arrived/" + issuer.arrivalId());
        Stream<String> keys = arrived.published(issuer.arrivalId(), Published.DID_DOCUMENT).stream()
                .flatMap(document -> KeysOfJwts.of(document).keySet().stream());
        return Stream.of(
                        Stream.of(base + "/did.json"),
                        keys.map(key -> base + "/keys/" + key),
                        listRows.of(tenant, issuer.id()).stream()
                                .map(each ->
                                        base + "/status-lists/" + each.place().list()))
                .flatMap(Function.identity())
                .toList();
    }

    /**
     * From now on the badge is not in force: its status list is signed anew with the issuer's own key, under its old address. One
     * that was not in force as it came is taken back for good, whatever an archive says later.
     *
     * @return {@code false} where it cannot be done: it was before, it has no place in a list, or no key of the issuer signs
     */
    @Transactional
    public boolean withdraw(TenantId tenant, ArrivedIssuer issuer, UUID id, long byPerson) {
        ArrivedCredential credential =
                arrived.credential(tenant, issuer.id(), id).orElse(null);
        UUID listId = credential == null ? null : credential.listId();
        if (credential == null || listId == null) {
            return false;
        }
        Place place = new Place(tenant, issuer.id(), issuer.did(), listId);
        StatusList list = lists.lock(place).orElse(null);
        if (list == null || lists.signer(place).isEmpty() || !arrived.withdraw(tenant, id, clock.instant(), byPerson)) {
            return false;
        }
        NotInForce after = NotInForce.of(list).withdrawing(NotInForce.key(credential));
        lists.put(place, lists.write(place, list, after, list.revision() + 1).orElseThrow());
        LOG.info("Credential {} that tenant {} brought here is withdrawn", id, tenant);
        return true;
    }
}
