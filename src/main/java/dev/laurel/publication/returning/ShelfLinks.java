package dev.laurel.publication.returning;

import dev.laurel.context.address.OwnAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.secrets.Token;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.returning.ShelfLinkRepository.Link;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Links that open the badges of one person: each works once, for minutes, and as long as she has the address it was sent to. */
@Component
class ShelfLinks {

    static final String PATH = "/my-badges/";

    static final Duration WORKS = Duration.ofMinutes(15);

    private final ShelfLinkRepository repository;

    private final OwnAddresses addresses;

    private final Clock clock;

    ShelfLinks(ShelfLinkRepository repository, OwnAddresses addresses, Clock clock) {
        this.repository = repository;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** The path of a new one. */
    String make(TenantId tenant, OwnAddress address) {
        String token = Token.next();
        repository.add(tenant, Sha256.of(token), address.id(), clock.instant().plus(WORKS));
        return PATH + token;
    }

    /** One that Laurel made, whether it still works or not. */
    Optional<Link> find(String token) {
        return repository.find(Sha256.of(token), clock.instant());
    }

    boolean works(Link link) {
        return link.open()
                && addresses.personOf(link.tenant(), link.addressId()).isPresent();
    }

    /** Whether it opens for whoever asks. It does for one, once. */
    boolean spend(Link link) {
        return works(link) && repository.spend(link, clock.instant());
    }

    void forgetOld(Instant endedBefore) {
        repository.forgetBefore(endedBefore);
    }
}
