package dev.laurel.platform.ended;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * One kind of thing that people end for good, of the whole installation. Each node keeps outside the database what ended, and has it
 * ended again where a backup of before was restored (docs/decisions/016).
 */
public interface EndedForGood {

    /** Its name in what is kept: a word that never changes. */
    String kind();

    /** What the database says ended after this moment. */
    List<Ended> after(Instant moment);

    /**
     * Ends those of these again that the database has standing; of others that it does not know, or knows as ended, nothing becomes.
     *
     * @return how many that were
     * @throws RuntimeException where some could not be ended; the others are, as far as possible, and it is asked again
     */
    int endAgain(Collection<Ended> ended);
}
