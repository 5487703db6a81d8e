package dev.laurel.platform.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tool.CustomParameter;
import dev.laurel.platform.tool.LtiMessage;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.ProductFamily;
import dev.laurel.platform.tool.ToolConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of {@code lti-config} say what Laurel asks for, all of it and nothing else. */
class LtiConfigTests {

    private static final Path FOLDER = Path.of("lti-config");

    private static final ToolConfiguration TOOL =
            new ToolConfiguration(new PublicUrl(URI.create("https://laurel.example.edu")));

    private static final Pattern ADDRESS = Pattern.compile("<url>(/(?:lti/|laurel)[a-z/.]*[a-z])");

    private static final Pattern SCOPE = Pattern.compile("https://purl\\.imsglobal\\.org/spec/[a-z-]+/scope/[a-z.]+");

    private static final Pattern CUSTOM = Pattern.compile("([a-z_]+=\\$[A-Za-z.]+)");

    private static final Pattern MESSAGE = Pattern.compile("\\b(Lti[A-Za-z]+Request)\\b");

    @Test
    void theCanvasFileIsWhatTheOperatorsPageWouldSay() throws IOException {
        assertThat(FOLDER.resolve("canvas.json"))
                .content()
                .isEqualToNormalizingNewlines(new CanvasDeveloperKey(TOOL).json());
    }

    @Test
    void theCanvasFileHasEveryPlacementScopeAndParameter() throws IOException {
        JsonNode key = JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("canvas.json")));

        assertThat(texts(key.path("scopes")))
                .containsExactlyElementsOf(
                        TOOL.scopes().stream().map(LtiScope::uri).toList());
        JsonNode extension = key.path("extensions").path(0);
        assertThat(extension.path("settings").path("placements").valueStream())
                .extracting(placement -> placement.path("placement").asString())
                .containsExactlyElementsOf(TOOL.placements().stream()
                        .map(placement -> placement.canvasName())
                        .toList());
        assertThat(key.path("custom_fields").propertyStream())
                .extracting(field -> field.getKey() + "=" + field.getValue().asString())
                .containsExactlyElementsOf(lines(ProductFamily.CANVAS));
        assertThat(extension.path("domain").asString()).isEqualTo("laurel.example.edu");
    }

    @Test
    void theMoodlePageHasEveryAddressScopeMessageAndParameter() throws IOException {
        String text = Files.readString(FOLDER.resolve("moodle.md"));

        assertThat(all(ADDRESS, text)).isEqualTo(addresses());
        assertThat(all(SCOPE, text)).isEqualTo(scopes(EnumSet.complementOf(EnumSet.of(LtiScope.NOTICE_HANDLERS))));
        Set<String> messages = messages();
        messages.remove(LtiMessage.DATA_PRIVACY.type());
        assertThat(all(MESSAGE, text)).isEqualTo(messages);
        assertThat(all(CUSTOM, text)).isEqualTo(new TreeSet<>(lines(ProductFamily.MOODLE)));
    }

    @Test
    void theGenericPageHasEveryAddressScopeMessageAndParameter() throws IOException {
        String text = Files.readString(FOLDER.resolve("generic.md"));

        assertThat(all(ADDRESS, text)).isEqualTo(addresses());
        assertThat(all(SCOPE, text)).isEqualTo(scopes(EnumSet.allOf(LtiScope.class)));
        assertThat(all(MESSAGE, text)).isEqualTo(messages());
        assertThat(all(CUSTOM, text)).isEqualTo(new TreeSet<>(lines(ProductFamily.OTHER)));
    }

    @Test
    void otherFilesNameNoOtherAddress() throws IOException {
        for (String file : List.of("README.md", "registrations.yaml")) {
            String text = Files.readString(FOLDER.resolve(file)).replace("<public URL>", "<url>");
            assertThat(addresses()).as(file).containsAll(all(ADDRESS, text));
        }
    }

    @Test
    void aParameterOfOneProductIsNotAskedOfAnother() {
        assertThat(lines(ProductFamily.MOODLE)).noneMatch(line -> line.contains("Canvas"));
        assertThat(lines(ProductFamily.D2L))
                .containsExactly("context_history=$Context.id.history", "time_zone=$Person.address.timezone");
    }

    private static Set<String> addresses() {
        return Stream.of(TOOL.loginUrl(), TOOL.launchUrl(), TOOL.jwksUrl(), TOOL.iconUrl())
                .map(url -> url.substring(TOOL.homeUrl().length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> scopes(Set<LtiScope> scopes) {
        return scopes.stream().map(LtiScope::uri).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> messages() {
        return TOOL.messages().stream().map(LtiMessage::type).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> lines(ProductFamily family) {
        return TOOL.customParameters(family).stream().map(LtiConfigTests::line).toList();
    }

    private static String line(CustomParameter parameter) {
        return parameter.name() + "=" + parameter.variable();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /** What the first group finds, or the whole match where there is none. */
    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.groupCount() == 0 ? found.group() : found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
