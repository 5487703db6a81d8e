package dev.laurel.publication.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.Needs;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.TestAwards;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Wallets that others wrote take badges: a client of OpenID4VCI of npm. */
@LaurelTest
@Import(TestAwards.class)
class NodeWalletTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Credentials credentials;

    @Autowired
    JsonMapper json;

    private record Wish(String configuration, String key, boolean digits) {}

    @Test
    void anIndependentClientTakesBadgesInBothFormatsWithEachKindOfKey(@TempDir Path folder) throws Exception {
        List<Wish> wishes = List.of(
                new Wish(WalletMetadata.EMBEDDED, "did:key", false),
                new Wish(WalletMetadata.EMBEDDED, "did:jwk", true),
                new Wish(WalletMetadata.JWT, "did:jwk", false),
                new Wish(WalletMetadata.JWT, "jwk", false));
        List<Map<String, Object>> takes = new ArrayList<>();
        for (Wish wish : wishes) {
            WalletCourse course = WalletCourse.start(app);
            String secret = course.offer(wish.digits());
            Map<String, Object> take = new HashMap<>();
            take.put("offer", course.link(secret));
            take.put("configuration", wish.configuration());
            take.put("key", wish.key());
            if (wish.digits()) {
                take.put("txCode", course.secrets().transactionCode(secret));
            }
            takes.add(take);
        }

        JsonNode taken = run(folder, "wallet.mjs", Map.of("takes", takes)).path("taken");

        assertThat(taken.size()).isEqualTo(wishes.size());
        for (int i = 0; i < wishes.size(); i++) {
            JsonNode each = taken.path(i);
            assertThat(each.path("version").asString()).isEqualTo("V1");
            JsonNode credential = each.path("credential");
            String text = credential.isString() ? credential.asString() : json.writeValueAsString(credential);
            assertThat(credential.isString())
                    .isEqualTo(wishes.get(i).configuration().equals(WalletMetadata.JWT));
            assertThat(credentials.verify(text.getBytes(StandardCharsets.UTF_8)).valid())
                    .isTrue();
            assertThat(payload(text).at("/credentialSubject/id").asString())
                    .isEqualTo(each.path("did").asString());
        }
    }

    @Test
    void aWalletThatSpeaksVcApiTakesABadgeWithTheDidThatItProves(@TempDir Path folder) throws Exception {
        WalletCourse course = WalletCourse.start(app);

        JsonNode taken = run(
                        folder, "wallet.mjs", Map.of("takes", List.of(Map.of("interaction", course.interaction()))))
                .at("/taken/0");

        assertThat(taken.path("status").asInt()).isEqualTo(200);
        assertThat(taken.at("/query/0/type").asString()).isEqualTo("DIDAuthentication");
        JsonNode credential = taken.path("credential");
        assertThat(credential.at("/credentialSubject/id").asString())
                .isEqualTo(taken.path("did").asString());
        assertThat(credentials
                        .verify(json.writeValueAsString(credential).getBytes(StandardCharsets.UTF_8))
                        .valid())
                .isTrue();
        // Signed once more is not signed anew.
        assertThat(taken.path("again").asInt()).isEqualTo(400);
        assertThat(course.newest().takenAt()).isNotNull();
    }

    @Test
    void aPhoneThatLostTheAnswerBeginsAnewAndAnotherWalletGetsNothing(@TempDir Path folder) throws Exception {
        WalletCourse course = WalletCourse.start(app);

        JsonNode taken = run(
                        folder,
                        "wallet.mjs",
                        Map.of("takes", List.of(Map.of("interaction", course.interaction(), "lost", true))))
                .at("/taken/0");

        assertThat(taken.at("/anew/credential")).isEqualTo(taken.path("credential"));
        assertThat(taken.path("credential").isObject()).isTrue();
        assertThat(taken.at("/anew/stranger").asInt()).isEqualTo(400);
    }

    @Test
    void aPresentationAsTheLearnerCredentialWalletSignsItIsAsGood(@TempDir Path folder) throws Exception {
        WalletCourse course = WalletCourse.start(app);

        JsonNode taken = run(
                        folder,
                        "wallet.mjs",
                        Map.of("takes", List.of(Map.of("interaction", course.interaction(), "old", true))))
                .at("/taken/0");

        assertThat(taken.path("proof").asString()).isEqualTo("Ed25519Signature2020");
        assertThat(taken.path("status").asInt()).as(taken.toString()).isEqualTo(200);
        assertThat(taken.at("/credential/credentialSubject/id").asString())
                .isEqualTo(taken.path("did").asString());
    }

    @Test
    void aPresentationThatIsWrongInOnePlaceIsRefused(@TempDir Path folder) throws Exception {
        List<String> wrongs = List.of("challenge", "domain", "holder", "changed", "key");
        List<Map<String, String>> takes = wrongs.stream()
                .map(wrong -> Map.of("interaction", WalletCourse.start(app).interaction(), "wrong", wrong))
                .toList();

        JsonNode taken = run(folder, "wallet.mjs", Map.of("takes", takes)).path("taken");

        for (int i = 0; i < wrongs.size(); i++) {
            assertThat(taken.path(i).path("status").asInt()).as(wrongs.get(i)).isEqualTo(400);
            assertThat(taken.path(i).has("credential")).as(wrongs.get(i)).isFalse();
        }
    }

    @Test
    void theWalletThatHasTheBadgeAnswersWhoseItIsAndAnotherDoesNot(@TempDir Path folder) throws Exception {
        WalletCourse course = WalletCourse.start(app);
        String question = course.question();

        JsonNode taken = run(
                        folder,
                        "wallet.mjs",
                        Map.of("takes", List.of(Map.of("interaction", course.interaction(), "question", question))))
                .at("/taken/0");

        assertThat(taken.path("stranger").asInt()).isEqualTo(400);
        assertThat(taken.path("owner").asInt()).isEqualTo(200);
        assertThat(course.getPage(course.answerOf(question))).contains("Yes: its holder confirmed it just now");
    }

    private JsonNode payload(String credential) {
        return json.readTree(
                credential.startsWith("{")
                        ? credential
                        : new String(
                                java.util.Base64.getUrlDecoder()
                                        .decode(credential.split("\\.")[1]),
                                StandardCharsets.UTF_8));
    }

    private JsonNode run(Path folder, String script, Object input) throws Exception {
        Path node = Needs.node();
        Path file = folder.resolve("input.json");
        Path said = folder.resolve("said.txt");
        Path problems = folder.resolve("problems.txt");
        Files.writeString(file, json.writeValueAsString(input));
        Process process = new ProcessBuilder("node", script, file.toString())
                .directory(node.toFile())
                .redirectOutput(said.toFile())
                .redirectError(problems.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(problems)).isZero();
        return json.readTree(Files.readString(said));
    }
}
