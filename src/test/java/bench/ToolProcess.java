package bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Laurel as an administrator runs it: {@code java -jar} with the flags that docs/operations.md recommends. */
final class ToolProcess implements AutoCloseable {

    private final Process process;

    private final Duration readyAfter;

    private ToolProcess(Process process, Duration readyAfter) {
        this.process = process;
        this.readyAfter = readyAfter;
    }

    /** @param name of its log, {@code target/bench/<name>.log} */
    static ToolProcess start(String name, Path jar, List<String> flags, Map<String, String> environment, URI url)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-jar");
        command.add(jar.toString());
        Path log = Files.createDirectories(Path.of("target/bench")).resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Instant start = Instant.now();
        Process process = builder.start();
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        HttpRequest jwks = HttpRequest.newBuilder(url.resolve("/lti/jwks.json")).build();
        while (process.isAlive() && Duration.between(start, Instant.now()).toSeconds() < 60) {
            try {
                if (client.send(jwks, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return new ToolProcess(process, Duration.between(start, Instant.now()));
                }
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        process.destroy();
        throw new IllegalStateException("Laurel did not become ready, see " + log);
    }

    /** From the start of the process to the first answer. */
    Duration readyAfter() {
        return readyAfter;
    }

    long pid() {
        return process.pid();
    }

    /** Resident memory in MiB, as the kernel counts it. */
    long residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
