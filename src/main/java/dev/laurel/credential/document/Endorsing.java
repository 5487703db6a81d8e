package dev.laurel.credential.document;

import dev.laurel.credential.endorsement.Attachment;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * Puts what others say into what they say it of, as it was signed: with its own contexts and proof.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential">Open Badges 3.0, EndorsementCredential</a>
 */
final class Endorsing {

    private Endorsing() {}

    static void put(JsonObjectBuilder endorsed, List<Attachment> endorsements) {
        if (!endorsements.isEmpty()) {
            JsonArrayBuilder all = JsonBytes.JSON.createArrayBuilder();
            endorsements.forEach(each -> all.add(each.json()));
            endorsed.add("endorsement", all);
        }
    }
}
