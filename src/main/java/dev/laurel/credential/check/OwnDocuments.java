package dev.laurel.credential.check;

import java.net.URI;
import java.util.Optional;

/** What this installation itself publishes: it is looked up where it is, not over the network. */
public interface OwnDocuments {

    /** Empty for every address that is not ours, or at which nothing is open. */
    Optional<Document> at(URI address);

    /** @param gone it was there once and was taken back: what over HTTP would be a 410 */
    record Document(byte[] body, boolean gone) {}
}
