package dev.laurel.credential.check;

import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * The vocabularies that an Open Badges 3.0 credential names. Only those that Laurel ships are used and none is ever fetched; and
 * whatever a signature would not cover, though a reader sees it, is refused, as is what it covers and a reader would not see: a
 * member under another name than its plain term.
 */
final class Contexts3 {

    private static final int MOST = 12;

    private final PinnedContexts known;

    Contexts3(PinnedContexts known) {
        this.known = known;
    }

    /**
     * Whether a signature says anything of what a reader sees: of a JWT always.
     *
     * @param embedded whether the signature depends on them
     */
    boolean check(JsonObject credential, boolean embedded, Findings findings) {
        List<String> named = Look.texts(credential, "@context");
        String first = named.isEmpty() ? "" : named.get(0);
        if (!first.equals(PinnedContexts.CREDENTIALS_V2) && !first.equals(PinnedContexts.CREDENTIALS_V1)) {
            findings.failed(Name.CONTEXTS, Reason.CONTEXT_MISSING, PinnedContexts.CREDENTIALS_V2);
        } else if (named.stream().noneMatch(url -> url.startsWith(PinnedContexts.OPEN_BADGES_ANY))) {
            findings.failed(Name.CONTEXTS, Reason.CONTEXT_MISSING, PinnedContexts.OPEN_BADGES);
        }
        try {
            walk(credential);
            if (embedded && !JsonBytes.keepsNumbers(credential)) {
                throw new RefusedException(Reason.INEXACT);
            }
            findings.passed(Name.CONTEXTS);
            return true;
        } catch (RefusedException e) {
            if (embedded) {
                findings.refused(Name.CONTEXTS, e);
                findings.unknown(Name.SIGNATURE, e.reason(), e.detail());
            } else {
                findings.warn(Name.CONTEXTS, e.reason(), e.detail());
            }
            return !embedded;
        }
    }

    private void walk(JsonObject object) {
        for (Map.Entry<String, JsonValue> member : object.entrySet()) {
            String name = member.getKey();
            if (name.equals("@context")) {
                requireKnown(object);
            } else if (name.isEmpty()
                    || name.indexOf('@') >= 0
                    || name.indexOf(':') >= 0
                    || member.getValue().getValueType() == JsonValue.ValueType.NULL) {
                throw new RefusedException(Reason.MEMBER_UNSIGNED, name);
            } else {
                walk(member.getValue());
            }
        }
    }

    private void walk(JsonValue value) {
        if (value instanceof JsonObject object) {
            walk(object);
        } else if (value instanceof JsonArray array) {
            array.forEach(this::walk);
        }
    }

    private void requireKnown(JsonObject object) {
        List<JsonValue> all = Look.values(object, "@context");
        if (all.size() > MOST) {
            throw new RefusedException(Reason.TOO_MANY_PARTS, "@context");
        }
        for (JsonValue each : all) {
            if (!(each instanceof JsonString text)) {
                throw new RefusedException(Reason.CONTEXT_INLINE);
            }
            if (!known.knows(text.getString())) {
                throw new RefusedException(Reason.CONTEXT_UNKNOWN, text.getString());
            }
        }
    }
}
