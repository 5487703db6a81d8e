package dev.laurel.publication;

import dev.laurel.platform.ended.Ended;
import dev.laurel.platform.ended.EndedForGood;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A page that its holder withdrew stays withdrawn when a backup is restored. It is named by the hash of its address. */
@Component
class EndedShares implements EndedForGood {

    private final ShareRepository shares;

    private final Clock clock;

    EndedShares(ShareRepository shares, Clock clock) {
        this.shares = shares;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "share";
    }

    @Override
    public List<Ended> after(Instant moment) {
        return shares.endedAfter(moment, clock.instant());
    }

    @Override
    public int endAgain(Collection<Ended> ended) {
        Set<String> open = shares.open(ended.stream().map(Ended::key).toList(), clock.instant());
        return (int) ended.stream()
                .filter(each -> open.contains(each.key()))
                .filter(each -> shares.withdraw(each.key(), each.at()))
                .count();
    }
}
