package dev.laurel.credential.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.credential.status.PublishedCopies.Copy;
import dev.laurel.credential.status.StatusLists.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedCopiesTests {

    private static final UUID LIST = UUID.fromString("5f1d0c77-b2a9-4e36-9d1e-000000000001");

    private static final Copy LATER = new Copy(
            LIST,
            12,
            List.of(
                    new Entry(131_071, null, Withdrawal.SUSPENDED),
                    new Entry(0, UUID.fromString("5f1d0c77-b2a9-4e36-9d1e-000000000002"), Withdrawal.SUPERSEDED)));

    @Test
    void whatWasPublishedIsKnownAfterAStartAndNeverReplacedByWhatCameBefore(@TempDir Path folder) {
        PublishedCopies copies = new PublishedCopies(folder.resolve("made"));
        assertThat(copies.revision(LIST)).isZero();
        assertThat(copies.find(LIST)).isEmpty();

        copies.keep(LATER);
        copies.keep(new Copy(LIST, 11, List.of()));

        PublishedCopies afterwards = new PublishedCopies(folder.resolve("made"));
        assertThat(afterwards.revision(LIST)).isEqualTo(12);
        assertThat(afterwards.find(LIST)).contains(LATER);
    }

    @Test
    void aFileThatIsNoCopyStopsNothing(@TempDir Path folder) throws Exception {
        new PublishedCopies(folder).keep(LATER);
        Files.writeString(folder.resolve(UUID.randomUUID() + ".status"), "nonsense");
        Files.writeString(folder.resolve("note.txt"), "Not ours.");

        assertThat(new PublishedCopies(folder).revision(LIST)).isEqualTo(12);
    }

    @Test
    void aDiskThatFailsDoesNotStopPublishing(@TempDir Path folder) throws Exception {
        Path gone = folder.resolve("gone");
        PublishedCopies copies = new PublishedCopies(gone);
        Files.delete(gone);

        copies.keep(LATER);

        assertThat(copies.revision(LIST)).as("as long as it runs it knows").isEqualTo(12);
    }
}
