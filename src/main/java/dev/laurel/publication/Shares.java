package dev.laurel.publication;

import dev.laurel.award.AwardNotFoundException;
import dev.laurel.platform.tenant.TenantId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The pages that holders let others see. An award is shared at one unguessable address, or not at all. */
@Component
public class Shares {

    /** The address of the shared page, while it is shared. */
    public Optional<String> url(TenantId tenant, long awardId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes a page for everybody who has its address, which is the answer. Sharing what is shared changes nothing.
     *
     * @throws AwardNotFoundException where the award is not this person's, or not claimed
     */
    public String share(TenantId tenant, long awardId, long personId) {
        throw new UnsupportedOperationException();
    }

    /**
     * From now on the page, its JSON and its image answer 404 to everybody. Sharing again makes a new address.
     *
     * @throws AwardNotFoundException where the award is not this person's
     */
    public void withdraw(TenantId tenant, long awardId, long personId) {
        throw new UnsupportedOperationException();
    }
}
