package dev.laurel.gradebook.manual;

import dev.laurel.gradebook.manual.EntryRefusedException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Decides what of a learner's hand-in can be kept, before anything is written. */
final class HandInCheck {

    /** All files together, in bytes. */
    static final int MOST_BYTES = 10 * 1024 * 1024;

    static final int MOST_FILES = 5;

    static final int MOST_LINKS = 10;

    static final int LONGEST_TEXT = 20_000;

    /** Of one thing by one learner: each version is kept. */
    static final int MOST_VERSIONS_A_DAY = 20;

    private static final int LONGEST_LINK = 2_000;

    private HandInCheck() {}

    /** What is kept. */
    record Kept(String text, List<URI> links, List<KeptFile> files) {}

    record KeptFile(String name, FileType type, byte[] content) {}

    static Kept check(HandIn handIn) {
        String text = handIn.text().strip();
        refuseIf(text.length() > LONGEST_TEXT, Reason.TEXT_TOO_LONG);
        List<URI> links = new ArrayList<>();
        for (String typed : handIn.links()) {
            if (!typed.isBlank()) {
                links.add(link(typed.strip()));
            }
        }
        refuseIf(links.size() > MOST_LINKS, Reason.TOO_MANY_LINKS);
        refuseIf(handIn.files().size() > MOST_FILES, Reason.TOO_MANY_FILES);
        refuseIf(
                handIn.files().stream().mapToLong(file -> file.content().length).sum() > MOST_BYTES,
                Reason.FILES_TOO_LARGE);
        List<KeptFile> files = handIn.files().stream().map(HandInCheck::file).toList();
        refuseIf(text.isEmpty() && links.isEmpty() && files.isEmpty(), Reason.NOTHING_HANDED_IN);
        return new Kept(text, links, files);
    }

    private static URI link(String typed) {
        try {
            URI link = new URI(typed);
            String scheme = link.getScheme();
            boolean web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
            refuseIf(
                    !web || link.getHost() == null || link.getUserInfo() != null || typed.length() > LONGEST_LINK,
                    Reason.BAD_LINK);
            return link;
        } catch (URISyntaxException e) {
            throw new EntryRefusedException(Reason.BAD_LINK);
        }
    }

    private static KeptFile file(HandIn.Upload upload) {
        refuseIf(upload.content().length == 0, Reason.FILE_EMPTY);
        FileType type = FileType.of(upload.content()).orElseThrow(() -> new EntryRefusedException(Reason.FILE_TYPE));
        return new KeptFile(type.named(upload.name()), type, upload.content());
    }

    static void refuseIf(boolean bad, Reason reason) {
        if (bad) {
            throw new EntryRefusedException(reason);
        }
    }
}
