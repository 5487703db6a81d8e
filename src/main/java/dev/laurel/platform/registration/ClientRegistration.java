package dev.laurel.platform.registration;

import dev.laurel.platform.tool.LtiMessage;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.Placement;
import dev.laurel.platform.tool.ProductFamily;
import dev.laurel.platform.tool.ToolConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What Laurel sends to a platform that registers it: the tool configuration in the words that the platform understands.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dr/v1p0#tool-configuration">Dynamic Registration 1.0, 3.3</a>
 * @see <a href="https://developerdocs.instructure.com/services/canvas/external-tools/lti/file.registration">Canvas, LTI
 *     Dynamic Registration</a>
 */
@Component
class ClientRegistration {

    static final String TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration";

    private static final String CANVAS = "https://canvas.instructure.com/lti/";

    /** Where an instructor adds content to a course, in the words of the specification. */
    private static final String CONTENT_AREA = "ContentArea";

    private final ToolConfiguration tool;

    ClientRegistration(ToolConfiguration tool) {
        this.tool = tool;
    }

    Map<String, Object> body(PlatformConfiguration platform) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("application_type", "web");
        body.put("response_types", List.of("id_token"));
        body.put("grant_types", List.of("client_credentials", "implicit"));
        body.put("initiate_login_uri", tool.loginUrl());
        body.put("redirect_uris", List.of(tool.launchUrl()));
        body.put("client_name", tool.title());
        body.put("client_uri", tool.homeUrl());
        body.put("logo_uri", tool.iconUrl());
        body.put("jwks_uri", tool.jwksUrl());
        body.put("token_endpoint_auth_method", "private_key_jwt");
        body.put("scope", scopes(platform).stream().map(LtiScope::uri).collect(Collectors.joining(" ")));
        body.put(TOOL, configuration(platform));
        return body;
    }

    /** Those that the platform supports; where it does not say, those of the core services. */
    List<LtiScope> scopes(PlatformConfiguration platform) {
        return tool.scopes().stream()
                .filter(scope -> platform.scopes().isEmpty()
                        ? scope != LtiScope.NOTICE_HANDLERS
                        : platform.scopes().contains(scope.uri()))
                .toList();
    }

    /** The optional messages that the platform may send from now on. */
    Set<LtiMessage> optionalMessages(PlatformConfiguration platform) {
        return tool.messages().stream()
                .filter(message -> message.isOptional() && isUnderstood(message, platform))
                .collect(Collectors.toSet());
    }

    private Map<String, Object> configuration(PlatformConfiguration platform) {
        Map<String, String> custom = new LinkedHashMap<>();
        tool.customParameters(platform.family())
                .forEach(parameter -> custom.put(parameter.name(), parameter.variable()));
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("domain", tool.domain());
        configuration.put("description", tool.description());
        configuration.put("target_link_uri", tool.launchUrl());
        configuration.put("custom_parameters", custom);
        configuration.put("claims", tool.claims());
        if (platform.family() == ProductFamily.CANVAS) {
            configuration.put(CANVAS + "privacy_level", ToolConfiguration.CANVAS_PRIVACY_LEVEL);
            configuration.put(CANVAS + "tool_id", "laurel");
            configuration.put(CANVAS + "vendor", tool.title());
        }
        configuration.put(
                "messages",
                platform.family() == ProductFamily.CANVAS
                        ? tool.placements().stream().map(this::canvasMessage).toList()
                        : messages(platform));
        return configuration;
    }

    /** Canvas wants to know of each place where the tool is offered, and puts nothing anywhere by itself. */
    private Map<String, Object> canvasMessage(Placement placement) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", placement.message().type());
        message.put("target_link_uri", tool.launchUrl());
        message.put("label", placement.label());
        message.put("icon_uri", tool.iconUrl());
        message.put("placements", List.of(CANVAS + placement.canvasName()));
        message.put(CANVAS + "visibility", placement.visibility());
        if (placement == Placement.COURSE_NAVIGATION) {
            message.put(CANVAS + placement.canvasName() + "/default_enabled", false);
        }
        if (placement.message() == LtiMessage.DEEP_LINKING) {
            message.put(CANVAS + "launch_width", ToolConfiguration.DIALOG_WIDTH);
            message.put(CANVAS + "launch_height", ToolConfiguration.DIALOG_HEIGHT);
        }
        return message;
    }

    private List<Map<String, Object>> messages(PlatformConfiguration platform) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (LtiMessage message : tool.messages()) {
            if (isUnderstood(message, platform)) {
                messages.add(
                        message == LtiMessage.DEEP_LINKING
                                ? Map.of(
                                        "type", message.type(),
                                        "target_link_uri", tool.launchUrl(),
                                        "label", "Badge",
                                        "placements", List.of(CONTENT_AREA),
                                        "supported_types", List.of("ltiResourceLink"))
                                : Map.of("type", message.type(), "target_link_uri", tool.launchUrl()));
            }
        }
        return messages;
    }

    private static boolean isUnderstood(LtiMessage message, PlatformConfiguration platform) {
        boolean notAdvertised = platform.family() == ProductFamily.MOODLE && message == LtiMessage.SUBMISSION_REVIEW;
        return message == LtiMessage.RESOURCE_LINK || platform.messages().contains(message.type()) || notAdvertised;
    }
}
