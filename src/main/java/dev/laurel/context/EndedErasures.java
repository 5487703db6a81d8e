package dev.laurel.context;

import dev.laurel.context.PeopleRepository.Numbered;
import dev.laurel.platform.ended.Ended;
import dev.laurel.platform.ended.EndedForGood;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whoever was erased stays so when a backup is restored. A person is named by her number, which is random, and the moment at which she was
 * first seen: whoever comes back after an erasure has another one, and is left alone.
 */
@Component
class EndedErasures implements EndedForGood {

    private static final Logger LOG = LoggerFactory.getLogger(EndedErasures.class);

    private static final String BETWEEN = "-";

    private final PeopleRepository people;

    private final Erasures erasures;

    EndedErasures(PeopleRepository people, Erasures erasures) {
        this.people = people;
        this.erasures = erasures;
    }

    @Override
    public String kind() {
        return "person";
    }

    @Override
    public List<Ended> after(Instant moment) {
        return people.erasedAfter(moment).stream()
                .map(person -> new Ended(key(person), Objects.requireNonNull(person.erasedAt())))
                .toList();
    }

    @Override
    public int endAgain(Collection<Ended> ended) {
        Set<String> keys = ended.stream().map(Ended::key).collect(Collectors.toSet());
        List<Numbered> again = people
                .notErased(keys.stream().map(EndedErasures::number).toList())
                .stream()
                .filter(person -> keys.contains(key(person)))
                .toList();
        long left = again.stream().filter(person -> !erase(person)).count();
        if (left > 0) {
            throw new IllegalStateException(left + " people could not be erased again");
        }
        return again.size();
    }

    /** Whoever cannot be erased keeps nobody else from it. */
    private boolean erase(Numbered person) {
        try {
            erasures.erase(person.tenant(), person.id());
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "Person {} was erased, stands again in a backup that was restored, and cannot be erased again: {}",
                    person.id(),
                    e.getClass().getName());
            return false;
        }
    }

    private static String key(Numbered person) {
        return person.id() + BETWEEN + ChronoUnit.MICROS.between(Instant.EPOCH, person.createdAt());
    }

    private static long number(String key) {
        return Long.parseLong(key.substring(0, key.indexOf(BETWEEN)));
    }
}
