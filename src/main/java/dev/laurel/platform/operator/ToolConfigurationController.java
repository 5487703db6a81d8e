package dev.laurel.platform.operator;

import dev.laurel.platform.tool.ProductFamily;
import dev.laurel.platform.tool.ToolConfiguration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What to enter in an LMS by hand, with the addresses of this installation. */
@Controller
class ToolConfigurationController {

    private final ToolConfiguration tool;

    private final CanvasDeveloperKey canvas;

    ToolConfigurationController(ToolConfiguration tool, CanvasDeveloperKey canvas) {
        this.tool = tool;
        this.canvas = canvas;
    }

    @GetMapping("/operator/tool-configuration")
    String page(Model model) {
        model.addAttribute("tool", tool);
        model.addAttribute("moodle", tool.customParameters(ProductFamily.MOODLE));
        model.addAttribute("generic", tool.customParameters(ProductFamily.OTHER));
        model.addAttribute("canvas", canvas.json());
        return "operator/tool-configuration";
    }

    @GetMapping("/operator/tool-configuration/canvas.json")
    ResponseEntity<String> canvas() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(canvas.json());
    }
}
