package dev.laurel.publication.wallet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What wallets send as JSON. */
@Component
class WalletBodies {

    private static final int LONGEST = 64 * 1024;

    private final JsonMapper json;

    WalletBodies(JsonMapper json) {
        this.json = json;
    }

    /**
     * The one JSON object of a request.
     *
     * @param error what it is called where there is none
     * @throws WalletException where there is none, or more than a wallet has to say
     */
    JsonNode read(HttpServletRequest request, String error) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            throw new WalletException(HttpStatus.CONTENT_TOO_LARGE, error, "more than " + LONGEST + " bytes");
        }
        try {
            JsonNode read = json.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException e) {
            // Said below.
        }
        throw WalletException.badRequest(error, "the body is no JSON object");
    }
}
