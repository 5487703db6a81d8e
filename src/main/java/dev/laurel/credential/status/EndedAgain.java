package dev.laurel.credential.status;

import dev.laurel.platform.ended.Ended;
import dev.laurel.platform.ended.EndedForGood;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What people ended for good stays ended when a backup of before is restored: each node keeps outside the database what ended, whoever
 * ended it, and ends it again where the database has it standing (docs/decisions/016).
 */
@Component
class EndedAgain {

    /** Backups are not kept for longer, or what was ended after them can stand again. */
    static final Duration KEPT = Duration.ofDays(400);

    private static final Logger LOG = LoggerFactory.getLogger(EndedAgain.class);

    private final EndedRecord kept;

    private final Map<String, EndedForGood> kinds;

    private final Clock clock;

    private boolean checked;

    EndedAgain(EndedRecord kept, List<EndedForGood> kinds, Clock clock) {
        this.kept = kept;
        this.kinds = kinds.stream()
                .collect(Collectors.toMap(EndedForGood::kind, Function.identity(), (one, other) -> one, TreeMap::new));
        this.clock = clock;
    }

    /**
     * Everything at the start, and then what ended last, of which a backup knows least: where that stands again, everything; and everything
     * once more for as long as some of it could not be read or ended.
     */
    synchronized void bringForward() {
        try {
            endAgain();
        } finally {
            keep();
        }
    }

    private void endAgain() {
        Map<String, Integer> again = new TreeMap<>();
        Set<String> failed = new TreeSet<>();
        if (checked) {
            kinds.keySet().forEach(kind -> endAgain(kind, kept.newest(kind), again, failed));
        }
        if (!checked || !again.isEmpty() || !failed.isEmpty()) {
            checked = false;
            boolean whole = kept.read((kind, some) -> endAgain(kind, some, again, failed));
            if (whole) {
                kept.forgetBefore(clock.instant().minus(KEPT));
            }
            checked = whole && failed.isEmpty();
        }
        if (!again.isEmpty()) {
            LOG.error(
                    "A backup was restored: what had ended for good stood again, and is ended anew ({}); see"
                            + " docs/operations.md, Backup",
                    again);
        }
    }

    private void endAgain(String kind, Collection<Ended> some, Map<String, Integer> again, Set<String> failed) {
        EndedForGood known = kinds.get(kind);
        if (known == null || some.isEmpty()) {
            return;
        }
        try {
            int count = known.endAgain(some);
            if (count > 0) {
                again.merge(kind, count, Integer::sum);
            }
        } catch (RuntimeException e) {
            failed.add(kind);
            LOG.warn(
                    "Some of what ended for good ({}) may stand again, which is looked at anew in a minute: {}",
                    kind,
                    e.getClass().getName());
        }
    }

    /** What ended since it was kept last, by whichever node: so one that was killed before it kept something does so at its start. */
    synchronized void keep() {
        Instant oldest = clock.instant().minus(KEPT);
        kinds.forEach((kind, known) -> {
            try {
                kept.keep(kind, known.after(kept.upTo(kind).orElse(oldest)));
            } catch (RuntimeException e) {
                LOG.warn(
                        "What ended for good ({}) is not kept yet: {}",
                        kind,
                        e.getClass().getName());
            }
        });
    }
}
