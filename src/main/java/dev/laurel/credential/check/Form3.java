package dev.laurel.credential.check;

import dev.laurel.credential.check.Check.Name;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * Whether everything is there that Open Badges 3.0 requires, in the form that it requires.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential">Open Badges 3.0, AchievementCredential</a>
 */
final class Form3 {

    /** What a learner record has its badges in. */
    static final String BADGES = "verifiableCredential";

    private final Findings findings;

    private Form3(Findings findings) {
        this.findings = findings;
    }

    static void check(JsonObject credential, Findings findings) {
        Form3 form = new Form3(findings);
        form.credential(credential);
        findings.passed(Name.FORM);
    }

    private void credential(JsonObject credential) {
        required(credential, "id");
        if (OpenBadge3.from(credential) == null) {
            missing("validFrom");
        }
        issuer(credential);
        JsonObject subject = Look.object(credential, "credentialSubject");
        if (subject == null || Look.values(credential, "credentialSubject").size() != 1) {
            missing("credentialSubject");
            return;
        }
        if (Look.hasType(credential, "EndorsementCredential")) {
            type(subject, "EndorsementSubject", "credentialSubject.type");
            required(subject, "id");
            return;
        }
        if (OpenBadge3.isRecord(credential)) {
            record(subject);
            return;
        }
        if (!Look.hasType(credential, "OpenBadgeCredential") && !Look.hasType(credential, "AchievementCredential")) {
            findings.failed(Name.FORM, Reason.MEMBER_WRONG, "type");
        }
        type(subject, "AchievementSubject", "credentialSubject.type");
        subject(subject);
        boolean one = Look.values(subject, "achievement").size() == 1;
        achievement(one ? Look.object(subject, "achievement") : null);
    }

    /** @see <a href="https://www.imsglobal.org/spec/clr/v2p0/#clrsubject">Comprehensive Learner Record 2.0, ClrSubject</a> */
    private void record(JsonObject subject) {
        type(subject, "ClrSubject", "credentialSubject.type");
        subject(subject);
        int badges = Look.values(subject, BADGES).size();
        if (badges == 0) {
            missing(BADGES);
        } else if (Look.objects(subject, BADGES).size() != badges) {
            findings.failed(Name.FORM, Reason.MEMBER_WRONG, BADGES);
        }
    }

    private void subject(JsonObject subject) {
        if (Look.text(subject, "id") == null
                && Look.objects(subject, "identifier").isEmpty()) {
            findings.failed(Name.SUBJECT, Reason.SUBJECT_MISSING, null);
        } else {
            findings.passed(Name.SUBJECT);
        }
    }

    private void issuer(JsonObject credential) {
        if (credential.get("issuer") instanceof JsonString) {
            findings.warn(Name.FORM, Reason.OLD_FORM, "issuer");
            return;
        }
        JsonObject issuer = Look.object(credential, "issuer");
        if (issuer == null || Look.values(credential, "issuer").size() != 1) {
            missing("issuer");
            return;
        }
        required(issuer, "id");
        type(issuer, "Profile", "issuer.type");
        if (Look.text(issuer, "name") == null) {
            findings.warn(Name.FORM, Reason.MEMBER_MISSING, "issuer.name");
        }
    }

    private void achievement(@Nullable JsonObject achievement) {
        if (achievement == null) {
            missing("achievement");
            return;
        }
        type(achievement, "Achievement", "achievement.type");
        required(achievement, "id");
        required(achievement, "name");
        if (Look.text(achievement, "description") == null) {
            findings.warn(Name.FORM, Reason.MEMBER_MISSING, "achievement.description");
        }
        JsonObject criteria = Look.object(achievement, "criteria");
        if (Look.text(criteria, "narrative") == null && Look.text(criteria, "id") == null) {
            findings.warn(Name.FORM, Reason.MEMBER_MISSING, "achievement.criteria");
        }
    }

    private void required(JsonObject object, String name) {
        String text = Look.text(object, name);
        if (text == null || text.isBlank()) {
            missing(name);
        }
    }

    private void type(JsonObject object, String type, String name) {
        if (!Look.hasType(object, type)) {
            findings.failed(Name.FORM, Reason.MEMBER_WRONG, name);
        }
    }

    private void missing(String name) {
        findings.failed(Name.FORM, Reason.MEMBER_MISSING, name);
    }
}
