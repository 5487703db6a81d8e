package dev.laurel.launch;

import dev.laurel.launch.session.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a launch was let in: our numbers for the person, course and link it named, and the roles that count (a person
 * whom the course knows better than this launch says may have more or fewer).
 *
 * @param aboutPersonId the person that the launch is about, perhaps {@link #UNKNOWN_PERSON}; {@code null} where it names none
 * @param observes the people whose progress an observer follows, as far as we know them
 */
public record Admission(
        long personId,
        @Nullable Long contextId,
        @Nullable Long resourceLinkId,
        Set<Role> roles,
        @Nullable Long aboutPersonId,
        Set<Long> observes) {

    /** Stands for somebody whom the launch names and we do not know. */
    public static final long UNKNOWN_PERSON = 0;

    /**
     * Turns a validated launch into people and courses. Called inside the transaction that stores the launch.
     * {@code context} implements it, so that {@code launch} need not know people.
     */
    public interface Desk {

        Admission admit(Launch launch);
    }
}
