package dev.laurel.publication.owner;

import dev.laurel.credential.HolderCredentials;
import dev.laurel.credential.holder.HolderProofs;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.OpenBadges;
import dev.laurel.publication.OpenBadges.Open;
import dev.laurel.publication.wallet.DidAuthentication;
import dev.laurel.publication.wallet.WalletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A holder answers from her wallet: with a presentation that the DID signs for which the badge was issued. */
@RestController
@RequestMapping("/wallet/questions/{token}/{secret}")
class OwnerExchangeController {

    private final OpenBadges badges;

    private final OwnerQuestions questions;

    private final DidAuthentication authentication;

    private final HolderCredentials credentials;

    private final PublicUrl publicUrl;

    OwnerExchangeController(
            OpenBadges badges,
            OwnerQuestions questions,
            DidAuthentication authentication,
            HolderCredentials credentials,
            PublicUrl publicUrl) {
        this.badges = badges;
        this.questions = questions;
        this.authentication = authentication;
        this.credentials = credentials;
        this.publicUrl = publicUrl;
    }

    @GetMapping
    ResponseEntity<Map<String, Object>> protocols(@PathVariable String token, @PathVariable String secret) {
        question(badges.standing(token), secret);
        return answer(Map.of("protocols", Map.of("vcapi", publicUrl.at("/wallet/questions/" + token + "/" + secret))));
    }

    @PostMapping
    ResponseEntity<Map<String, Object>> exchange(
            @PathVariable String token, @PathVariable String secret, HttpServletRequest request) throws IOException {
        Open open = badges.standing(token);
        OwnerQuestion question = question(open, secret);
        UUID scope = UUID.nameUUIDFromBytes(Sha256.of(secret));
        DidAuthentication.Message message = authentication.read(request);
        if (message.isEmpty()) {
            return answer(authentication.request(scope));
        }
        HolderProofs.Proof proof = authentication.verify(message, open.tenant(), scope);
        if (!credentials.isHolder(open.tenant(), open.award().id(), proof.holder())) {
            throw WalletException.badRequest("invalid_request", "the badge was not issued to this key");
        }
        if (!questions.answer(open.tenant(), open.award(), question.id())) {
            throw WalletException.badRequest("invalid_request", "the question was answered, or is over");
        }
        return answer(Map.of());
    }

    private OwnerQuestion question(Open open, String secret) {
        return questions
                .find(open.tenant(), open.award(), secret)
                .filter(found -> questions.state(found) == OwnerQuestion.State.WAITING)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static ResponseEntity<Map<String, Object>> answer(Map<String, Object> body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
