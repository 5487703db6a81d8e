package dev.laurel.achievement.framework;

import dev.laurel.achievement.framework.FrameworkFile.Gathered;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A framework as sites of standards give it away.
 *
 * @see <a href="https://www.imsglobal.org/spec/case/v1p0#cfpackage">Competencies and Academic Standards Exchange 1.0, CFPackage</a>
 */
final class CasePackage {

    private static final JsonMapper JSON = JsonMapper.shared();

    private CasePackage() {}

    static Gathered read(byte[] file) throws FrameworkRefusedException {
        JsonNode read;
        try {
            read = JSON.readTree(file);
        } catch (JacksonException e) {
            throw new FrameworkRefusedException("frameworks.refused.json", e);
        }
        JsonNode whole = read.has("CFPackage") ? read.path("CFPackage") : read;
        JsonNode items = whole.path("CFItems");
        if (!items.isArray()) {
            throw new FrameworkRefusedException("frameworks.refused.case");
        }
        Gathered gathered = new Gathered(text(whole.path("CFDocument"), "title"));
        int place = 0;
        for (JsonNode item : items) {
            place++;
            String brief = text(item, "abbreviatedStatement");
            gathered.add(
                    place,
                    brief.isBlank() ? text(item, "fullStatement") : brief,
                    text(item, "uri"),
                    text(item, "humanCodingScheme"),
                    "CFItem");
        }
        return gathered;
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isString() ? value.asString().strip() : "";
    }
}
