package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Needs;
import dev.laurel.achievement.TestDrawings;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.baking.BakedPng.Keyword;
import dev.laurel.credential.baking.BakedSvg;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bakery that others wrote finds in pictures what Laurel put in, and Laurel finds what the bakery put in. */
class NodeBakeryTests {

    private static final String URL = "https://badges.example/assertions/1?a=1&b=2";

    private static final String JSON = "{\"type\":\"Assertion\",\"name\":\"Łódź 漢字 🎓 <b> & \\\"quoted\\\"\"}";

    private static final String SVG = TestDrawings.svg("Łódź 漢字");

    @TempDir
    Path folder;

    private Path node;

    @BeforeEach
    void withTheBakery() {
        node = Needs.node();
    }

    @Test
    void itFindsTheBadgeInEachPictureThatLaurelBaked() throws Exception {
        JsonNode read = bakery(
                        List.of(
                                picture(png(Keyword.OPEN_BADGES_2, JSON), 2),
                                picture(png(Keyword.OPEN_BADGES_2, URL), 2),
                                picture(png(Keyword.OPEN_BADGES_3, JSON), 3),
                                picture(png(Keyword.OPEN_BADGES_3, "ey.ey.sig"), 3),
                                picture(BakedSvg.bake(SVG, bytes(JSON)), 3)),
                        List.of())
                .get("read");

        assertThat(read.valueStream().map(JsonNode::asString)).containsExactly(JSON, URL, JSON, "ey.ey.sig", JSON);
    }

    /** Who knows only the older version must not take the one for the other. */
    @Test
    void itTakesNoPictureOfThreeForOneOfTwo() throws Exception {
        JsonNode read = bakery(
                        List.of(
                                picture(png(Keyword.OPEN_BADGES_3, JSON), 2),
                                picture(BakedSvg.bake(SVG, bytes(JSON)), 2),
                                picture(TestPictures.png(), 2)),
                        List.of())
                .get("read");

        assertThat(read.valueStream()).hasSize(3).allMatch(each -> each.has("unbaked"));
    }

    @Test
    void laurelFindsTheBadgeInEachDrawingThatItBaked() throws Exception {
        Object assertion = JsonMapper.shared().readTree(JSON);
        JsonNode baked = bakery(
                        List.of(),
                        List.of(
                                Map.of("svg", SVG, "assertion", assertion, "url", URL),
                                Map.of("svg", SVG, "url", URL),
                                Map.of("svg", SVG, "signature", "ey.ey.sig")))
                .get("baked");

        assertThat(baked.valueStream().map(NodeBakeryTests::badges))
                .containsExactly(List.of(JSON), List.of(URL), List.of("ey.ey.sig"));
    }

    private static List<String> badges(JsonNode svg) {
        return BakedSvg.all(bytes(svg.asString())).stream()
                .map(badge -> new String(badge, StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] png(Keyword keyword, String badge) {
        return BakedPng.bake(TestPictures.png(), keyword, bytes(badge));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> picture(byte[] picture, int version) {
        return Map.of("picture", Base64.getEncoder().encodeToString(picture), "version", version);
    }

    private JsonNode bakery(List<Map<String, Object>> read, List<Map<String, Object>> bake) throws Exception {
        Path input = folder.resolve("input.json");
        Files.writeString(input, JsonMapper.shared().writeValueAsString(Map.of("read", read, "bake", bake)));
        Path said = folder.resolve("said.json");
        Process process = new ProcessBuilder("node", "--no-deprecation", "bakery.mjs", input.toString())
                .directory(node.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return JsonMapper.shared().readTree(Files.readString(said));
    }
}
