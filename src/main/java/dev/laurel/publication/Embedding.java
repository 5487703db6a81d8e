package dev.laurel.publication;

import org.springframework.web.util.HtmlUtils;

/** A small page of a badge for the frames of other sites. */
public final class Embedding {

    private Embedding() {}

    /**
     * What somebody pastes into a page of hers.
     *
     * @param url of the shared page
     * @param title what the frame says to those who do not see it
     */
    public static String code(String url, String title) {
        return "<iframe src=\"" + HtmlUtils.htmlEscape(url, "UTF-8") + "/embed\" title=\""
                + HtmlUtils.htmlEscape(title, "UTF-8")
                + "\" width=\"340\" height=\"200\" loading=\"lazy\" style=\"border:0\"></iframe>";
    }
}
