package lms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTTP side of the LMS: routes, faults and counters. Bound to 127.0.0.1 only. */
final class LmsServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LmsServer.class.getName());

    static {
        // Without it every answer waits 40 ms for the delayed acknowledgement of its own headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    }

    private static final int MOST_HEARD = 500;

    /** Answers a request of one route. */
    interface Handler {

        Answer handle(Call call) throws IOException;
    }

    private record Route(String methods, Pattern path, Service service, Handler handler) {}

    private final HttpServer server;

    private final ExecutorService threads;

    private final List<Route> routes = new ArrayList<>();

    private final Faults faults = new Faults();

    private final Map<Service, AtomicLong> counters = new EnumMap<>(Service.class);

    private final Map<Service, Deque<Heard>> heard = new EnumMap<>(Service.class);

    LmsServer(int port) throws IOException {
        server = bind(port);
        var number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(64, task -> {
            var thread = new Thread(task, "lms-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        for (Service service : Service.values()) {
            counters.put(service, new AtomicLong());
            heard.put(service, new ConcurrentLinkedDeque<>());
        }
    }

    private static HttpServer bind(int port) throws IOException {
        try {
            return port == 0
                    ? FreshPort.bind()
                    : HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 512);
        } catch (BindException e) {
            throw new BindException("Port " + port + " of 127.0.0.1 is taken");
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Adds a route. {@code path} is a regular expression whose named groups the handler reads. */
    void route(String methods, String path, Service service, Handler handler) {
        routes.add(new Route(methods, Pattern.compile(path), service, handler));
    }

    void start() {
        server.start();
    }

    Faults faults() {
        return faults;
    }

    long calls(Service service) {
        return counters.get(service).get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean pathKnown = false;
            for (Route route : routes) {
                Matcher path = route.path().matcher(exchange.getRequestURI().getPath());
                if (path.matches()) {
                    pathKnown = true;
                    if (Arrays.asList(route.methods().split("\\|")).contains(exchange.getRequestMethod())) {
                        answer(exchange, route, new Call(exchange, path));
                        return;
                    }
                }
            }
            send(exchange, Answer.html(pathKnown ? 405 : 404, Html.message("There is nothing here", "")));
        }
    }

    private void answer(HttpExchange exchange, Route route, Call call) throws IOException {
        Optional<Fault> fault = Optional.empty();
        if (route.service() != null) {
            counters.get(route.service()).incrementAndGet();
            hear(route.service(), call);
            fault = faults.next(route.service());
        }
        if (fault.isPresent()) {
            fail(exchange, fault.get(), route, call);
        } else {
            send(exchange, handle(route, call));
        }
    }

    private void hear(Service service, Call call) {
        if (service == Service.JWKS || service == Service.AUTHORIZATION) {
            return;
        }
        Deque<Heard> requests = heard.get(service);
        requests.add(Heard.of(call));
        if (requests.size() > MOST_HEARD) {
            requests.poll();
        }
    }

    /** The latest requests to a service, oldest first. */
    List<Heard> heard(Service service) {
        return List.copyOf(heard.get(service));
    }

    private static Answer handle(Route route, Call call) throws IOException {
        try {
            return route.handler().handle(call);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The reference LMS failed at " + call.path(), e);
            return Answer.html(500, Html.message("The LMS itself failed", e.toString()));
        }
    }

    private void fail(HttpExchange exchange, Fault fault, Route route, Call call) throws IOException {
        switch (fault.kind()) {
            case STATUS -> {
                Answer answer = Answer.json(fault.status(), Json.write(Map.of("error", fault.reason())));
                send(
                        exchange,
                        fault.retryAfter() == null
                                ? answer
                                : answer.with(
                                        "Retry-After", "" + fault.retryAfter().toSeconds()));
            }
            case THROTTLED -> send(exchange, CanvasKeys.slowDown());
            case HTML -> send(exchange, Answer.html(200, Html.message("Log in", "Please log in to go on.")));
            case SILENT -> faults.awaitEndOfSilence();
            case LOOP ->
                send(exchange, handle(route, call).with("Link", "<" + exchange.getRequestURI() + ">; rel=\"next\""));
            case CUT_OFF -> cutOff(exchange, handle(route, call));
            case HALF_BODY -> {
                Answer whole = handle(route, call);
                byte[] half = Arrays.copyOf(whole.body(), whole.body().length / 2);
                send(exchange, new Answer(whole.status(), whole.headers(), half));
            }
            case CLOSED -> {
                // Closing the exchange without an answer closes the connection.
            }
        }
    }

    private static void cutOff(HttpExchange exchange, Answer whole) throws IOException {
        whole.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(whole.status(), whole.body().length + 1L);
        exchange.getResponseBody().write(whole.body(), 0, whole.body().length / 2);
        exchange.getResponseBody().flush();
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        // Header bytes go out as ISO 8859-1; UTF-8 in them (Moodle's curly quotes) has to be carried through that.
        answer.headers()
                .forEach((name, value) -> exchange.getResponseHeaders()
                        .set(name, new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        if (answer.body().length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        faults.clear();
        server.stop(0);
        threads.shutdownNow();
    }
}
