package lms;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ports of 127.0.0.1 for platforms: an issuer must not come back as another institution while the tests run. */
public final class FreshPort {

    private static final Set<Integer> HAD_BEFORE = ConcurrentHashMap.newKeySet();

    private FreshPort() {}

    /** A server on a free port that no platform of this JVM had before. */
    public static HttpServer bind() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 512);
        if (HAD_BEFORE.add(server.getAddress().getPort())) {
            return server;
        }
        try {
            return bind();
        } finally {
            server.stop(0);
        }
    }
}
