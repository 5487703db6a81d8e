package dev.laurel.credential.check;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** A verifier that knows no Laurel and can reach nothing but a tree of files, as any web server serves it. */
public final class ServedStatically {

    private ServedStatically() {}

    /** @param site the address of the root of the tree, without a slash behind it @param files by their path below it */
    public static BadgeVerifier verifier(String site, Map<String, byte[]> files, Clock clock) {
        return new BadgeVerifier(badges -> new Files(site, files), (issuer, badge) -> Optional.empty(), clock);
    }

    /** One that can reach several hosts. @param files by their address without the scheme, as {@code //host/path} */
    public static BadgeVerifier verifier(Map<String, byte[]> files, Clock clock) {
        return new BadgeVerifier(badges -> new Hosts(files), (issuer, badge) -> Optional.empty(), clock);
    }

    private record Hosts(Map<String, byte[]> files) implements Web {

        @Override
        public byte[] get(URI address) {
            byte[] found = files.get(address.toString().replaceFirst("^https?:", ""));
            if (found == null) {
                throw new RefusedException(Reason.NOT_FOUND, address.toString());
            }
            return found;
        }

        @Override
        public void requireTime() {}
    }

    private record Files(String site, Map<String, byte[]> files) implements Web {

        @Override
        public byte[] get(URI address) {
            byte[] found = address.toString().startsWith(site + "/")
                    ? files.get(address.toString().substring(site.length() + 1))
                    : null;
            if (found == null) {
                throw new RefusedException(Reason.NOT_FOUND, address.toString());
            }
            return found;
        }

        @Override
        public void requireTime() {}
    }
}
