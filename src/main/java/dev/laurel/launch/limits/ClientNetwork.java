package dev.laurel.launch.limits;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a request comes from: an IPv4 address, or the /64 of an IPv6 one, because that is what one household gets. */
public record ClientNetwork(String prefix) {

    private static final int SLASH_64 = 8;

    private static final int SLASH_48 = 6;

    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    /**
     * The network that this one is part of and that somebody may have alone: the /48 of an IPv6 one, which is 65,536 of them.
     * {@code null} where there is none.
     */
    @Nullable
    ClientNetwork site() {
        return prefix.length() == 2 * SLASH_64 && !prefix.contains(".")
                ? new ClientNetwork(prefix.substring(0, 2 * SLASH_48))
                : null;
    }

    /** The largest network around it that somebody may have alone: for what is counted for long, and little of it. */
    public String widest() {
        ClientNetwork site = site();
        return site == null ? prefix : site.prefix;
    }

    /** @param address as a server tells it: literal, never a name */
    public static ClientNetwork of(String address) {
        String literal = address.replaceAll("%.*", "");
        if (!V4.matcher(literal).matches() && !V6.matcher(literal).matches()) {
            return new ClientNetwork("unknown");
        }
        try {
            InetAddress parsed = InetAddress.getByName(literal);
            // An IPv4 address that is mapped into IPv6 is parsed as what it is.
            return parsed instanceof Inet4Address
                    ? new ClientNetwork(parsed.getHostAddress())
                    : new ClientNetwork(HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), SLASH_64)));
        } catch (UnknownHostException e) {
            return new ClientNetwork("unknown");
        }
    }
}
