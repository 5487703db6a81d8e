package dev.laurel.achievement;

/** There is no such badge for whoever asks. */
public class AchievementNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AchievementNotFoundException(long achievementId) {
        super("No achievement " + achievementId);
    }
}
