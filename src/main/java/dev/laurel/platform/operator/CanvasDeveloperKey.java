package dev.laurel.platform.operator;

import dev.laurel.platform.tool.LtiMessage;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.Placement;
import dev.laurel.platform.tool.ProductFamily;
import dev.laurel.platform.tool.ToolConfiguration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an administrator of Canvas pastes when a developer key is made by hand.
 *
 * @see <a href="https://developerdocs.instructure.com/services/canvas/external-tools/lti/file.lti_dev_key_config">Canvas,
 *     configuring LTI developer keys</a>
 */
@Component
class CanvasDeveloperKey {

    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private static final ObjectWriter JSON = JsonMapper.shared()
            .writer()
            .with(new DefaultPrettyPrinter().withArrayIndenter(LINES).withObjectIndenter(LINES));

    private final ToolConfiguration tool;

    CanvasDeveloperKey(ToolConfiguration tool) {
        this.tool = tool;
    }

    String json() {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("title", tool.title());
        key.put("description", tool.description());
        key.put("oidc_initiation_url", tool.loginUrl());
        key.put("target_link_uri", tool.launchUrl());
        key.put("public_jwk_url", tool.jwksUrl());
        key.put("scopes", tool.scopes().stream().map(LtiScope::uri).toList());
        Map<String, String> custom = new LinkedHashMap<>();
        tool.customParameters(ProductFamily.CANVAS)
                .forEach(parameter -> custom.put(parameter.name(), parameter.variable()));
        key.put("custom_fields", custom);
        key.put("extensions", List.of(extension()));
        return JSON.writeValueAsString(key) + "\n";
    }

    private Map<String, Object> extension() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("text", tool.title());
        settings.put("icon_url", tool.iconUrl());
        settings.put(
                "placements", tool.placements().stream().map(this::placement).toList());
        Map<String, Object> extension = new LinkedHashMap<>();
        extension.put("platform", "canvas.instructure.com");
        extension.put("domain", tool.domain());
        extension.put("tool_id", "laurel");
        extension.put("privacy_level", ToolConfiguration.CANVAS_PRIVACY_LEVEL);
        extension.put("settings", settings);
        return extension;
    }

    private Map<String, Object> placement(Placement placement) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("placement", placement.canvasName());
        entry.put("message_type", placement.message().type());
        entry.put("target_link_uri", tool.launchUrl());
        entry.put("text", placement.label());
        entry.put("enabled", true);
        entry.put("visibility", placement.visibility());
        if (placement == Placement.COURSE_NAVIGATION) {
            entry.put("default", "disabled");
        }
        if (placement.message() == LtiMessage.DEEP_LINKING) {
            entry.put("selection_width", ToolConfiguration.DIALOG_WIDTH);
            entry.put("selection_height", ToolConfiguration.DIALOG_HEIGHT);
        }
        return entry;
    }
}
