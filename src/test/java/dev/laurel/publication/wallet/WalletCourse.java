package dev.laurel.publication.wallet;

import static org.awaitility.Awaitility.await;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.Shares;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with a badge that she accepted, and what a wallet asks of it over HTTP. */
final class WalletCourse {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ApplicationContext app;

    private final Course course;

    private final Award award;

    private final StoredCredential stored;

    /** What an endpoint answered. */
    record Answer(int status, JsonNode body, HttpResponse<String> response) {

        String error() {
            return status + " " + body.path("error").asString();
        }
    }

    private WalletCourse(ApplicationContext app, Course course, Award award, StoredCredential stored) {
        this.app = app;
        this.course = course;
        this.award = award;
        this.stored = stored;
    }

    static WalletCourse start(ApplicationContext app) {
        TestAwards awards = app.getBean(TestAwards.class);
        Course course = awards.course(TestAwards.draft("Essayist 漢字 🎓"));
        long person = awards.person(course, "ada");
        Award award = awards.decide(course, person);
        StoredCredential stored = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> app.getBean(Credentials.class).find(course.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
        Award claimed = app.getBean(Awards.class).claim(course.tenant(), award.id(), person, Award.NameShown.NONE);
        return new WalletCourse(app, course, claimed, stored);
    }

    Course course() {
        return course;
    }

    Award award() {
        return award;
    }

    StoredCredential stored() {
        return stored;
    }

    UUID issuer() {
        return course.issuer().publicId();
    }

    /** The secret of a new offer. */
    String offer(boolean asksCode) {
        app.getBean(WalletOffers.class).make(course.tenant(), award, issuer(), asksCode);
        return secrets().open(newest().sealedSecret());
    }

    WalletOffer newest() {
        return app.getBean(WalletOffers.class).newest(course.tenant(), award).orElseThrow();
    }

    WalletSecrets secrets() {
        return app.getBean(WalletSecrets.class);
    }

    /** Where the offer is, as a QR code has it. */
    String link(String secret) {
        return "openid-credential-offer://?credential_offer_uri="
                + URLEncoder.encode(identifier() + "/offers/" + secret, StandardCharsets.UTF_8);
    }

    /** Of a new offer, for wallets that speak VC-API. */
    String interaction() {
        return identifier() + "/interactions/" + offer(false) + "?iuv=1";
    }

    /** Somebody who sees her shared badge asks whose it is: where a wallet answers. */
    String question() {
        String shared = app.getBean(Shares.class).share(course.tenant(), award.id(), award.personId());
        URI answer = URI.create(shared + "/owner");
        HttpResponse<Void> asked = exchange(
                HttpRequest.newBuilder(answer)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("by=Acme")),
                HttpResponse.BodyHandlers.discarding());
        String[] path = answer.resolve(asked.headers().firstValue("location").orElseThrow())
                .getPath()
                .split("/");
        return app.getBean(PublicUrl.class).at("/wallet/questions/" + path[2] + "/" + path[4] + "?iuv=1");
    }

    /** The page on which they wait. */
    String answerOf(String question) {
        String[] path = URI.create(question).getPath().split("/");
        return app.getBean(PublicUrl.class).at("/b/" + path[3] + "/owner/" + path[4]);
    }

    /** Of the credential issuer. */
    String identifier() {
        return app.getBean(PublicUrl.class).at("/wallet/" + issuer());
    }

    Answer token(String code, @Nullable String transactionCode) {
        return token(
                transactionCode == null
                        ? Map.of("grant_type", WalletMetadata.GRANT, "pre-authorized_code", code)
                        : Map.of(
                                "grant_type",
                                WalletMetadata.GRANT,
                                "pre-authorized_code",
                                code,
                                "tx_code",
                                transactionCode));
    }

    Answer token(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(identifier() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** An access token for a new offer. */
    String accessToken() {
        return token(secrets().preAuthorizedCode(offer(false)), null)
                .body()
                .path("access_token")
                .asString();
    }

    String nonce() {
        return send(HttpRequest.newBuilder(URI.create(identifier() + "/nonce"))
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .body()
                .path("c_nonce")
                .asString();
    }

    Answer credential(String accessToken, String proof) {
        return credential(
                accessToken,
                Map.of("credential_configuration_id", WalletMetadata.EMBEDDED, "proofs", Map.of("jwt", new String[] {
                    proof
                })));
    }

    Answer credential(String accessToken, Object body) {
        return send(HttpRequest.newBuilder(URI.create(identifier() + "/credential"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + accessToken)
                .POST(HttpRequest.BodyPublishers.ofString(
                        app.getBean(JsonMapper.class).writeValueAsString(body))));
    }

    Answer post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(identifier() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    String getPage(String url) {
        return exchange(
                        HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html"),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    Answer get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response =
                exchange(request.header("Accept", "application/json"), HttpResponse.BodyHandlers.ofString());
        String body = response.body().isBlank() ? "{}" : response.body();
        return new Answer(response.statusCode(), app.getBean(JsonMapper.class).readTree(body), response);
    }

    private static <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request.build(), body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
