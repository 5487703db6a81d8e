package dev.laurel.credential.leaving;

import java.io.IOException;
import org.springframework.core.io.InputStreamSource;

/**
 * The one place of an institution, from before an archive is uploaded. Once closed it is free again, unless what was brought is
 * under way.
 */
public interface ArchiveReception extends AutoCloseable {

    /**
     * Keeps an archive and begins to bring it in. Bringing the same archive again, also one that did not come in to its end,
     * changes nothing of what is here.
     *
     * @param archive read twice: first to its key, then to its end
     * @param passphrase opens its key, which is kept sealed until the archive is decided; the passphrase itself is not kept
     * @throws ArchiveRefusedException where it is no archive, or the passphrase is another one; then nothing is kept
     */
    void bring(InputStreamSource archive, String passphrase) throws IOException;

    @Override
    void close();
}
