package dev.laurel.context;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Seals what other modules keep of a person's own words and work under her key: once she is erased nobody can read it any
 * more, wherever it lies.
 */
@Component
public class PersonSafe {

    private static final String PURPOSE = "kept-elsewhere";

    private final PeopleRepository people;

    private final PersonSeal seal;

    PersonSafe(PeopleRepository people, PersonSeal seal) {
        this.people = people;
        this.seal = seal;
    }

    /** @throws IllegalStateException where the person is not known, or was erased */
    public byte[] seal(TenantId tenant, long personId, byte[] plain) {
        return key(tenant, personId)
                .orElseThrow(() -> new IllegalStateException("Nothing can be kept for this person"))
                .seal(PURPOSE, plain);
    }

    /** Empty once the person is erased. */
    public Optional<byte[]> open(TenantId tenant, long personId, byte[] sealed) {
        return key(tenant, personId).map(key -> key.open(PURPOSE, sealed));
    }

    private Optional<MasterKey> key(TenantId tenant, long personId) {
        return people.find(tenant, List.of(personId)).stream()
                .flatMap(row -> Optional.ofNullable(row.wrappedKey()).stream())
                .map(seal::unwrap)
                .findFirst();
    }
}
