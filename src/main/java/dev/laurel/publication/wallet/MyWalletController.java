package dev.laurel.publication.wallet;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.QrCode;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The holder puts her badge into a wallet on her phone: a code to scan, or a link where the wallet is on this device. */
@Controller
@RequestMapping("/my/badges/{awardId}/wallet")
class MyWalletController {

    private final WalletOffers offers;

    private final WalletMetadata metadata;

    private final WalletSecrets secrets;

    private final Awards awards;

    private final Achievements achievements;

    private final Issuers issuers;

    private final Credentials credentials;

    private final Wording wording;

    private final Clock clock;

    MyWalletController(
            WalletOffers offers,
            WalletMetadata metadata,
            WalletSecrets secrets,
            Awards awards,
            Achievements achievements,
            Issuers issuers,
            Credentials credentials,
            Wording wording,
            Clock clock) {
        this.offers = offers;
        this.metadata = metadata;
        this.secrets = secrets;
        this.awards = awards;
        this.achievements = achievements;
        this.issuers = issuers;
        this.credentials = credentials;
        this.wording = wording;
        this.clock = clock;
    }

    private record Own(SignedIn me, Award award, AchievementVersion version) {}

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Own own = own(me, awardId);
        model.addAttribute("award", own.award());
        model.addAttribute("version", own.version());
        model.addAttribute(
                "signed", credentials.find(own.me().tenant(), awardId).isPresent());
        WalletOffer offer = offers.newest(own.me().tenant(), own.award()).orElse(null);
        boolean open = offer != null && offers.isOpen(offer);
        model.addAttribute("open", open);
        model.addAttribute("taken", offer != null && offer.takenAt() != null);
        if (offer != null && open) {
            show(offer, model);
        }
        return "publication/wallet";
    }

    private void show(WalletOffer offer, Model model) {
        String secret = secrets.open(offer.sealedSecret());
        String link = metadata.offerLink(offer.issuer(), secret);
        model.addAttribute("link", link);
        model.addAttribute("qr", QrCode.of(link).svg(wording.say("wallet.qr")));
        // It has no way to ask for digits.
        String interaction = offer.asksCode() ? null : metadata.interaction(offer.issuer(), secret);
        model.addAttribute("interaction", interaction);
        model.addAttribute(
                "interactionQr",
                interaction == null ? null : QrCode.of(interaction).svg(wording.say("wallet.qr.learner")));
        model.addAttribute("code", offer.asksCode() ? secrets.transactionCode(secret) : null);
        model.addAttribute(
                "minutes",
                Math.max(1, Duration.between(clock.instant(), offer.endsAt()).toMinutes()));
    }

    @PostMapping
    String offer(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @RequestParam(defaultValue = "false") boolean code,
            RedirectAttributes redirect) {
        Own own = own(me, awardId);
        Issuer issuer =
                issuers.find(own.me().tenant(), own.version().issuerId()).orElseThrow(MyWalletController::notFound);
        if (!offers.make(own.me().tenant(), own.award(), issuer.publicId(), code)) {
            redirect.addFlashAttribute("flashProblem", wording.say("wallet.too-many"));
        }
        return "redirect:/my/badges/" + awardId + "/wallet";
    }

    @PostMapping("/removal")
    String end(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, RedirectAttributes redirect) {
        Own own = own(me, awardId);
        offers.end(own.me().tenant(), own.award());
        redirect.addFlashAttribute("flash", wording.say("wallet.ended"));
        return "redirect:/my/badges/" + awardId + "/wallet";
    }

    /** Nobody but herself gets at what a wallet could take. */
    private Own own(@Nullable SignedIn me, long awardId) {
        if (me == null || !me.isHerself()) {
            throw notFound();
        }
        Award award = awards.find(me.tenant(), awardId)
                .filter(found -> found.personId() == me.personId() && offers.isStanding(found))
                .orElseThrow(MyWalletController::notFound);
        AchievementVersion version = achievements
                .version(me.tenant(), award.achievementId(), award.achievementVersion())
                .orElseThrow(MyWalletController::notFound);
        return new Own(me, award, version);
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
