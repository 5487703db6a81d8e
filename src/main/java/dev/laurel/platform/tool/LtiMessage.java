package dev.laurel.platform.tool;

import java.util.Arrays;
import java.util.Optional;

/**
 * The messages that Laurel answers, all at the same address.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dr/v1p0#tool-configuration">Dynamic Registration 1.0, messages</a>
 */
public enum LtiMessage {
    RESOURCE_LINK("LtiResourceLinkRequest"),
    DEEP_LINKING("LtiDeepLinkingRequest"),
    /** Moodle answers it, though its configuration does not say so; Canvas has none. */
    SUBMISSION_REVIEW("LtiSubmissionReviewRequest"),
    /** What is stored about somebody. A draft of 1EdTech, which also calls it {@code DataPrivacyLaunchRequest}. */
    DATA_PRIVACY("LtiDataPrivacyLaunchRequest");

    /** The tool's answer to {@link #DEEP_LINKING}. */
    public static final String DEEP_LINKING_RESPONSE = "LtiDeepLinkingResponse";

    private final String type;

    LtiMessage(String type) {
        this.type = type;
    }

    /** The message of this {@code message_type}; empty where Laurel does not answer it. */
    public static Optional<LtiMessage> of(String type) {
        String name = type.equals("DataPrivacyLaunchRequest") ? DATA_PRIVACY.type : type;
        return Arrays.stream(values())
                .filter(message -> message.type.equals(name))
                .findFirst();
    }

    /** Whether a platform may send it only where that was switched on. */
    public boolean isOptional() {
        return this == SUBMISSION_REVIEW || this == DATA_PRIVACY;
    }

    /** Whether it is about a link in the platform; the others come before there is one, or from outside any. */
    public boolean isOfALink() {
        return this == RESOURCE_LINK || this == SUBMISSION_REVIEW;
    }

    /** The value of the {@code message_type} claim. */
    public String type() {
        return type;
    }
}
