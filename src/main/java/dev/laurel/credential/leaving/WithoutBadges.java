package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What stands in an archive besides its badges, kept in memory to be shown again: issuers, what they publish, and their
 * status lists. There is little of it, however many badges there are.
 */
final class WithoutBadges implements ArchiveReading.Visitor {

    /** Bytes of everything together: a few of the largest lists. */
    private static final int LARGEST = 64 << 20;

    private final List<Consumer<ArchiveReading.Visitor>> seen = new ArrayList<>();

    private long bytes;

    /** In the order of the archive. */
    void show(ArchiveReading.Visitor visitor) {
        seen.forEach(each -> each.accept(visitor));
    }

    @Override
    public void madeAt(Instant time) {
        seen.add(visitor -> visitor.madeAt(time));
    }

    @Override
    public void issuer(ArrivingIssuer issuer) {
        seen.add(visitor -> visitor.issuer(issuer));
    }

    @Override
    public void published(ArchiveNames.Part part, byte[] content) {
        count(content, ArchiveNames.publicIssuer(part.of(), part.what()));
        seen.add(visitor -> visitor.published(part, content));
    }

    @Override
    public void list(ArchiveNames.Part part, byte[] content) {
        count(content, ArchiveNames.statusList(part.of(), part.what()));
        seen.add(visitor -> visitor.list(part, content));
    }

    private void count(byte[] content, String name) {
        bytes += content.length;
        if (bytes > LARGEST) {
            throw new ArchiveRefusedException(Reason.TOO_LARGE, name);
        }
    }
}
