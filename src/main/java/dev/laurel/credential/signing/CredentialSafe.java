package dev.laurel.credential.signing;

import dev.laurel.context.PersonSafe;
import dev.laurel.credential.Named;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.signing.CredentialRepository.Kept;
import dev.laurel.platform.tenant.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Credentials that say who their holder is lie under her key, like all that says it: once she is erased nobody can read them
 * any more.
 */
@Component
public class CredentialSafe {

    private final SupersedingRepository superseding;

    private final PersonSafe safe;

    CredentialSafe(SupersedingRepository superseding, PersonSafe safe) {
        this.superseding = superseding;
        this.safe = safe;
    }

    /** Empty once its holder is erased. */
    public Optional<StoredCredential> open(TenantId tenant, Kept kept) {
        Long person = kept.sealedFor();
        if (person == null) {
            return Optional.of(kept.credential());
        }
        StoredCredential closed = kept.credential();
        byte[] jwt = closed.jwt();
        return safe.open(tenant, person, closed.embedded())
                .map(embedded -> new StoredCredential(
                        closed.awardId(),
                        closed.publicId(),
                        embedded,
                        closed.signedAt(),
                        jwt == null ? null : safe.open(tenant, person, jwt).orElse(null)));
    }

    /** How what an award is signed as has to be kept, and what it says of its holder. */
    public Seal seal(TenantId tenant, long awardId) {
        return superseding
                .named(tenant, awardId)
                .flatMap(found -> safe.open(tenant, found.person(), found.bytes())
                        .map(plain -> new Seal(tenant, found.person(), Named.read(plain))))
                .orElseGet(() -> new Seal(tenant, null, Named.NOTHING));
    }

    /** For a credential that is to say this of this person. */
    public Seal seal(TenantId tenant, long person, Named named) {
        return new Seal(tenant, named.isNothing() ? null : person, named);
    }

    /** Closes bytes under the key of the holder, where they name her. */
    public final class Seal {

        private final TenantId tenant;

        private final @Nullable Long person;

        private final Named named;

        private Seal(TenantId tenant, @Nullable Long person, Named named) {
            this.tenant = tenant;
            this.person = person;
            this.named = named;
        }

        /** {@code null}: the bytes lie open. */
        @Nullable
        public Long person() {
            return person;
        }

        public Named named() {
            return named;
        }

        public byte[] close(byte[] plain) {
            return person == null ? plain : safe.seal(tenant, person, plain);
        }
    }
}
