package dev.laurel.dashboard.shelf;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.credential.Reissues;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.explain.Say;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.Disclosure;
import dev.laurel.publication.Disclosures;
import dev.laurel.publication.Shares;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The badges of whoever is signed in, for her pages; somebody else's is not found. */
@Component
class OwnBadges {

    private final Awards awards;

    private final Achievements achievements;

    private final Issuers issuers;

    private final BadgeImages images;

    private final Contexts contexts;

    private final Disclosures disclosures;

    private final Shares shares;

    private final Reissues reissues;

    private final Say say;

    private final Wording wording;

    OwnBadges(
            Awards awards,
            Achievements achievements,
            Issuers issuers,
            BadgeImages images,
            Contexts contexts,
            Disclosures disclosures,
            Shares shares,
            Reissues reissues,
            Say say,
            Wording wording) {
        this.awards = awards;
        this.achievements = achievements;
        this.issuers = issuers;
        this.images = images;
        this.contexts = contexts;
        this.disclosures = disclosures;
        this.shares = shares;
        this.reissues = reissues;
        this.say = say;
        this.wording = wording;
    }

    /**
     * @param me its holder
     * @param course where it was earned; {@code null} where there is no such course any more
     */
    record Own(
            SignedIn me,
            Award award,
            AchievementVersion version,
            @Nullable CourseContext course) {

        ZoneId zone() {
            return course == null ? ZoneOffset.UTC : course.zone();
        }
    }

    Own own(@Nullable SignedIn me, long awardId) {
        if (me == null) {
            throw Allowed.notFound();
        }
        Award award = awards.find(me.tenant(), awardId)
                .filter(found -> found.personId() == me.personId() && found.releasedAt() != null)
                .orElseThrow(Allowed::notFound);
        AchievementVersion version = achievements
                .version(me.tenant(), award.achievementId(), award.achievementVersion())
                .orElseThrow(Allowed::notFound);
        return new Own(
                me,
                award,
                version,
                contexts.find(me.tenant(), award.contextId()).orElse(null));
    }

    /** The address that her LMS knows; nothing where it tells none. */
    String email(Own own) {
        Profile profile = contexts.profiles(own.me().tenant(), List.of(own.me().personId()))
                .get(own.me().personId());
        String email = profile == null ? null : profile.email();
        return email == null ? "" : email;
    }

    /**
     * What others see of it, or would if she shared it. By a mailed link that holds no results and no work while nobody sees them,
     * whatever she chose for a page that is not there.
     */
    Disclosure disclosure(Own own) {
        Disclosure chosen = disclosures.of(own.me().tenant(), own.award().id());
        return own.me().isByMail()
                        && shares.link(own.me().tenant(), own.award().id()).isEmpty()
                ? chosen.withoutResults()
                : chosen;
    }

    /**
     * What she may let others see: in a launch whatever she likes. A mailbox is less than an LMS account, so by a mailed link no
     * results and no work of hers that others do not see already.
     */
    Disclosure permitted(Own own, Disclosure chosen) {
        Disclosure now = disclosure(own);
        if (own.me().isByMail() && (chosen.showsResults() && !now.showsResults() || chosen.work() && !now.work())) {
            throw Allowed.notFound();
        }
        return chosen;
    }

    /** What every page of a badge says. */
    void header(Own own, Model model) {
        SignedIn me = own.me();
        model.addAttribute("byMail", me.isByMail());
        Optional<Profile> profile = Optional.ofNullable(
                contexts.profiles(me.tenant(), List.of(me.personId())).get(me.personId()));
        String name = profile.flatMap(Profile::fullName).orElse(null);
        String initials = profile.flatMap(Profile::initials).orElse(null);
        model.addAttribute("award", own.award());
        model.addAttribute("version", own.version());
        model.addAttribute("drawn", images.isDrawn(me.tenant(), own.version().imageId()));
        model.addAttribute("zone", own.zone());
        model.addAttribute(
                "courseTitle", own.course() == null ? "" : own.course().title());
        model.addAttribute(
                "issuer", issuers.find(me.tenant(), own.version().issuerId()).orElseThrow(Allowed::notFound));
        model.addAttribute("myName", name);
        model.addAttribute("myInitials", initials);
        model.addAttribute("named", reissues.now(me.tenant(), own.award().id()));
        model.addAttribute(
                "formerHost", reissues.formerHost(me.tenant(), own.award().id()).orElse(null));
        model.addAttribute(
                "shownName",
                own.award().nameShown() == Award.NameShown.NONE
                        ? null
                        : own.award().nameShown() == Award.NameShown.NAME ? name : initials);
    }

    /**
     * The act of making a page of it.
     *
     * @param lastDay until the end of which its link works; {@code null}: until it is withdrawn
     */
    Act sharing(Own own, @Nullable LocalDate lastDay) {
        String path = "/my/badges/" + own.award().id();
        String name = own.version().name();
        return new Act(
                lastDay == null ? path + "/share" : path + "/share/until/" + lastDay,
                lastDay == null
                        ? wording.say("my.share.title", name)
                        : wording.say("my.share.title.until", name, say.date(lastDay)),
                wording.say("my.share.what"),
                wording.say("my.share.button"),
                path);
    }
}
