package dev.laurel.credential.leaving;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands where in an archive. {@code site/} is a tree that any web server can serve at the old address. */
final class ArchiveNames {

    static final String ABOUT = "archive.json";

    static final String KEY = "key.jwe";

    static final String READ_ME = "README.txt";

    /** For whoever has the archive and no Laurel. */
    static final String CHECK = "check.html";

    /** The last entry: how many there are and the seal over all of them. */
    static final String END = "end.json";

    private static final String UUID_PATTERN = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private static final Pattern ISSUER = Pattern.compile("issuers/(" + UUID_PATTERN + ")/(issuer\\.json|keys\\.jwe)");

    /** What an address of before a move, or of another Laurel, answers in another way than that of today: host and path, as in the address. */
    private static final String FORMER = "(?:former/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)+)?";

    private static final Pattern PUBLIC_ISSUER =
            Pattern.compile("site/" + FORMER + "issuers/(" + UUID_PATTERN + ")/(did\\.json|index\\.json|image\\.png)");

    private static final Pattern STATUS_LIST =
            Pattern.compile("site/" + FORMER + "status-lists/(" + UUID_PATTERN + ")/(index\\.json|suspensions)");

    private static final Pattern CREDENTIAL = Pattern.compile("credentials/(" + UUID_PATTERN
            + ")/(about\\.json|(?:as-issued|without-level|with-results|(?:badge|level|results)-and-work|held-[0-9a-f]{16})"
            + "\\.(?:json|jwt))");

    /** Needed by whoever serves the tree or reads the archive, and by nobody who takes it in. */
    private static final Pattern ONLY_FOR_READERS = Pattern.compile("check\\.html|site/" + FORMER + "(?:issuers/"
            + UUID_PATTERN + "/(?:index\\.html|keys/[a-z0-9-]{1,60}|images/\\d{1,19}\\.png)|achievements/"
            + UUID_PATTERN
            + "/\\d{1,9}/(?:index\\.html|index\\.json|image\\.png|decisions/[0-9a-f]{64}/index\\.html))");

    /** Likewise; they are written one by one wherever they stand, not folder by folder. */
    private static final Pattern DOCUMENT = Pattern.compile(
            "site/" + FORMER + "(?:(?:assertions|refresh)/[A-Za-z0-9_-]{32}|endorsements/" + UUID_PATTERN + "|issuers/"
                    + UUID_PATTERN + "/ob2\\.json|achievements/" + UUID_PATTERN + "/\\d{1,9}/ob2\\.json)");

    private ArchiveNames() {}

    /** Something of an issuer, a credential or a list. */
    record Part(UUID of, String what) {}

    static String issuer(UUID issuer, String what) {
        return "issuers/" + issuer + "/" + what;
    }

    static String site(String what) {
        return "site/" + what;
    }

    /** @param host with its path, of an address of before a move or of another Laurel */
    static String former(String host) {
        return "former/" + host + "/";
    }

    static String publicIssuer(UUID issuer, String what) {
        return site("issuers/" + issuer + "/" + what);
    }

    static String statusList(UUID list, String what) {
        return site("status-lists/" + list + "/" + what);
    }

    static String credential(UUID credential, String what) {
        return "credentials/" + credential + "/" + what;
    }

    /** What a form of a credential is called there, which says this: a {@code Variant} or that of a wallet. */
    static String form(String saying) {
        return saying.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String badge(UUID badge, int version, String what) {
        return site("achievements/" + badge + "/" + version + "/" + what);
    }

    static Optional<Part> asIssuer(String name) {
        return part(ISSUER, name);
    }

    static Optional<Part> asPublicIssuer(String name) {
        return part(PUBLIC_ISSUER, name);
    }

    static Optional<Part> asCredential(String name) {
        return part(CREDENTIAL, name);
    }

    static Optional<Part> asStatusList(String name) {
        return part(STATUS_LIST, name);
    }

    static boolean isOnlyForReaders(String name) {
        return ONLY_FOR_READERS.matcher(name).matches() || isDocument(name);
    }

    /** Something of {@link LeavingDocuments}. */
    static boolean isDocument(String name) {
        return DOCUMENT.matcher(name).matches();
    }

    private static Optional<Part> part(Pattern pattern, String name) {
        Matcher match = pattern.matcher(name);
        return match.matches()
                ? Optional.of(new Part(UUID.fromString(match.group(1)), match.group(2)))
                : Optional.empty();
    }
}
