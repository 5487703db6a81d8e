package dev.laurel.platform.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTests {

    private final AddressGuard guard = new AddressGuard(
            Set.of("Moodle.internal", "canvas.internal:8443", "127.0.0.1:*", "::1", "[fd00::2]:8080"), host -> {
                String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
                return switch (host) {
                    case "public.example" -> addresses("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946");
                    case "moodle.internal", "canvas.internal" -> addresses("10.0.0.9");
                    case "mixed.example" -> addresses("93.184.216.34", "10.0.0.1");
                    default -> addresses(literal);
                };
            });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://public.example/jwks",
                "https://93.184.216.34/",
                "https://172.32.0.1/",
                "https://100.128.0.1/",
                "https://[2606:2800:220:1:248:1893:25c8:1946]/",
                "http://moodle.internal/",
                "https://MOODLE.INTERNAL:443/",
                "https://Canvas.internal:8443/",
                "http://127.0.0.1:9090/",
                "https://[::1]/",
                "http://[fd00::2]:8080/"
            })
    void mayBeCalled(String url) {
        assertThatCode(() -> guard.check(URI.create(url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://public.example/",
                "https://moodle.internal:8443/",
                "http://moodle.internal:6379/",
                "https://canvas.internal/",
                "https://canvas.internal:84430/",
                "https://[::1]:8080/",
                "https://[fd00::2]/",
                "ftp://moodle.internal/",
                "file:///etc/passwd",
                "https:relative",
                "https://user@public.example/",
                "https://mixed.example/",
                "https://127.0.0.2/",
                "https://0.0.0.0/",
                "https://0.1.2.3/",
                "https://10.1.2.3/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1/",
                "https://169.254.169.254/",
                "https://100.64.0.1/",
                "https://192.0.0.8/",
                "https://198.18.0.1/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://[::]/",
                "https://[fe80::1]/",
                "https://[fd00::1]/",
                "https://[fec0::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[::10.0.0.1]/",
                "https://[64:ff9b::a9fe:a9fe]/",
                "https://[64:ff9b:1::5db8:d822]/",
                "https://[2002:0a00:0001::1]/",
                "https://[ff02::1]/"
            })
    void isRefused(String url) {
        assertThatExceptionOfType(OutboundException.class).isThrownBy(() -> guard.check(URI.create(url)));
    }

    /** A literal becomes an IPv4 address, but what a name server answers stays what it is, and connects to the same. */
    @Test
    void aNameWhoseAddressIsAnIpv4AddressInTheFormOfIpv6IsJudgedByThatOne() {
        assertThatExceptionOfType(AddressRefusedException.class)
                .isThrownBy(() -> mapped(127, 0, 0, 1).check(URI.create("https://mapped.example/")));
        assertThatExceptionOfType(AddressRefusedException.class)
                .isThrownBy(() -> mapped(169, 254, 169, 254).check(URI.create("https://mapped.example/")));
        assertThatCode(() -> mapped(93, 184, 216, 34).check(URI.create("https://mapped.example/")))
                .doesNotThrowAnyException();
    }

    private static AddressGuard mapped(int... address) {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        for (int i = 0; i < 4; i++) {
            bytes[12 + i] = (byte) address[i];
        }
        return new AddressGuard(Set.of(), host -> new InetAddress[] {Inet6Address.getByAddress(host, bytes, -1)});
    }

    @Test
    void anUnknownHostIsRefused() {
        AddressGuard nothingKnown = new AddressGuard(Set.of(), host -> {
            throw new UnknownHostException(host);
        });

        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> nothingKnown.check(URI.create("https://nowhere.example/")));
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }
}
