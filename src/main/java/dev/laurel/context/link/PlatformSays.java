package dev.laurel.context.link;

import dev.laurel.context.AccountsNamed;
import dev.laurel.context.Contexts;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The platform itself says which of its accounts are one, as Canvas does after users were merged, and which are not, or not
 * any more. Where what it tells of the two differs, or somebody linked one of them in between, the institution is asked.
 */
@Component
class PlatformSays {

    private final PersonLinkRepository links;

    private final Humans humans;

    private final Doubts doubts;

    private final Contexts contexts;

    private final Clock clock;

    PlatformSays(PersonLinkRepository links, Humans humans, Doubts doubts, Contexts contexts, Clock clock) {
        this.links = links;
        this.humans = humans;
        this.doubts = doubts;
        this.contexts = contexts;
        this.clock = clock;
    }

    @EventListener
    void on(AccountsNamed named) {
        Set<Long> linked =
                new TreeSet<>(humans.others(named.tenant(), named.personIds()).keySet());
        Set<Long> concerned = new TreeSet<>(linked);
        named.same().forEach(concerned::addAll);
        if (!concerned.isEmpty()) {
            // All at once and so in the order of their numbers, not one human after the other.
            humans.lock(named.tenant(), concerned);
        }
        tellApart(named, linked);
        named.same().forEach(personIds -> join(named.tenant(), personIds));
    }

    /** Only the platform's own word ends: what a learner or the institution linked stays with the account it was done in. */
    private void tellApart(AccountsNamed named, Set<Long> linked) {
        TenantId tenant = named.tenant();
        Set<Long> looked = new HashSet<>();
        for (long person : linked) {
            Set<Long> human = humans.lock(tenant, Set.of(person));
            if (!looked.addAll(human)) {
                continue;
            }
            List<Humans.Act> wrong = new ArrayList<>();
            for (Humans.Act act : humans.acts(tenant, human)) {
                Optional<Boolean> isOne = contexts.isOneAccount(tenant, named.registrationId(), act.one(), act.other());
                if (act.how() == Humans.How.PLATFORM && isOne.isPresent() && !isOne.get()) {
                    wrong.add(act);
                }
            }
            if (!wrong.isEmpty()) {
                humans.part(tenant, human, wrong);
                wrong.forEach(
                        act -> links.ask(tenant, act.one(), act.other(), LinkCase.Reason.TOLD_APART, clock.instant()));
            }
        }
    }

    private void join(TenantId tenant, Set<Long> personIds) {
        List<Long> accounts = new ArrayList<>(new TreeSet<>(personIds));
        for (int i = 0; i < accounts.size(); i++) {
            for (int j = i + 1; j < accounts.size(); j++) {
                join(tenant, accounts.get(i), accounts.get(j));
            }
        }
    }

    private void join(TenantId tenant, long one, long other) {
        humans.lock(tenant, Set.of(one, other));
        if (humans.together(tenant, Set.of(one)).contains(other)) {
            // So that they stay one when a third account, over which they are, goes.
            humans.confirm(tenant, one, other, Humans.How.PLATFORM);
            return;
        }
        Optional<LinkCase.Reason> doubt = doubts.ofPlatform(tenant, one, other);
        if (doubt.isPresent()) {
            links.ask(tenant, one, other, doubt.get(), clock.instant());
        } else {
            humans.link(tenant, one, other, Humans.How.PLATFORM);
            links.settle(tenant, one, other);
        }
    }
}
