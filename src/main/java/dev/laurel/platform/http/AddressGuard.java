package dev.laurel.platform.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a URL may be called: only https, and no address that is reachable from inside only, unless the operator
 * allows the host. The client looks the name up once more when it connects. Mostly that is answered from the JVM's cache, as
 * here; where a name changes its address just as its entry ends, what is there is called, and has to prove by a certificate
 * that it is that name before anything is sent to it.
 */
final class AddressGuard {

    /** Looks up a host name; {@link InetAddress#getAllByName} outside tests. */
    interface Resolver {

        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private static final Pattern WITH_PORT = Pattern.compile("(\\[.+]|[^:\\[\\]]+):(\\*|\\d{1,5})");

    private final Set<String> allowed;

    private final Resolver resolver;

    /**
     * @param privateHosts {@code host} for its usual ports 80 and 443, {@code host:8443} for another one, {@code host:*} for
     *     all; an IPv6 address with a port stands in brackets
     */
    AddressGuard(Set<String> privateHosts, Resolver resolver) {
        this.allowed = privateHosts.stream()
                .flatMap(host -> WITH_PORT.matcher(host).matches()
                        ? Stream.of(normal(host))
                        : Stream.of(normal(host) + ":80", normal(host) + ":443"))
                .collect(Collectors.toUnmodifiableSet());
        this.resolver = resolver;
    }

    /** Whether the operator's word is what lets this host be called, at this port. */
    boolean isAllowedByName(URI uri) {
        if (uri.getHost() == null) {
            return false;
        }
        int usual = "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
        String host = normal(uri.getHost());
        return allowed.contains(host + ":*")
                || allowed.contains(host + ":" + (uri.getPort() == -1 ? usual : uri.getPort()));
    }

    void check(URI uri) {
        String host = uri.getHost();
        String scheme = uri.getScheme();
        if (host == null || scheme == null || uri.getUserInfo() != null) {
            throw new OutboundException("Not a plain web address");
        }
        if (isAllowedByName(uri) && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
            return;
        }
        if (!"https".equalsIgnoreCase(scheme)) {
            throw new AddressRefusedException("Only https is called: " + scheme + "://" + host);
        }
        for (InetAddress address : lookUp(host)) {
            if (isPrivate(address)) {
                throw new AddressRefusedException("Refused: " + host
                        + " is a private address; the operator can allow it in laurel.http.private-hosts, with its port where"
                        + " that is another than 80 and 443");
            }
        }
    }

    private InetAddress[] lookUp(String host) {
        try {
            return resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw new OutboundException("Unknown host " + host, e);
        }
    }

    static boolean isPrivate(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            byte @Nullable [] inner = embedded(bytes);
            return (bytes[0] & 0xfe) == 0xfc || isLocalNat64(bytes) || (inner != null && isPrivateV4(inner));
        }
        return isPrivateV4(bytes);
    }

    private static boolean isPrivateV4(byte[] b) {
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        return first == 0
                || first == 10
                || first == 127
                || (first == 100 && (second & 0xc0) == 64)
                || (first == 169 && second == 254)
                || (first == 172 && (second & 0xf0) == 16)
                || (first == 192 && second == 168)
                || (first == 192 && second == 0 && b[2] == 0)
                || (first == 198 && (second & 0xfe) == 18)
                || first >= 224;
    }

    /** 64:ff9b:1::/48, of which only the network that uses it knows where in it the IPv4 address stands (RFC 8215). */
    private static boolean isLocalNat64(byte[] b) {
        return isNat64(b) && b[4] == 0 && b[5] == 1;
    }

    private static boolean isNat64(byte[] b) {
        return b[0] == 0 && b[1] == 0x64 && b[2] == (byte) 0xff && b[3] == (byte) 0x9b;
    }

    /**
     * The IPv4 address inside an IPv6 one: IPv4-compatible, IPv4-mapped (which a look-up, unlike a literal, leaves as it is),
     * NAT64 (64:ff9b::/96) and 6to4 (2002::/16).
     */
    private static byte @Nullable [] embedded(byte[] b) {
        boolean sixToFour = b[0] == 0x20 && b[1] == 0x02;
        if (sixToFour) {
            return Arrays.copyOfRange(b, 2, 6);
        }
        boolean begunWithZeros = Arrays.equals(b, 0, 10, new byte[10], 0, 10);
        boolean compatible = begunWithZeros && b[10] == 0 && b[11] == 0;
        boolean mapped = begunWithZeros && b[10] == (byte) 0xff && b[11] == (byte) 0xff;
        return isNat64(b) || compatible || mapped ? Arrays.copyOfRange(b, 12, 16) : null;
    }

    private static String normal(String host) {
        return host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
    }
}
