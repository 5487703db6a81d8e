package lms;

import java.util.Map;
import java.util.stream.Collectors;

/** The frame of every page of the LMS, and the few that need nothing else. */
final class Html {

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A whole page; {@code main} is HTML. */
    static String page(String title, String main) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s · Northfield College LMS</title>
                <link rel="stylesheet" href="/lms.css">
                <link rel="icon" href="data:,">
                </head>
                <body>
                <a class="skip" href="#main">Skip to the content</a>
                <header class="bar">
                <p class="brand"><a href="/">Northfield College</a> <span>LMS</span></p>
                <nav aria-label="LMS"><a href="/">Courses</a> <a href="/tools">Tools</a></nav>
                </header>
                <main id="main" tabindex="-1">
                %2$s
                </main>
                <footer><p>This is the reference LMS beside Laurel. Nobody here is real, and everything is forgotten when \
                it stops.</p></footer>
                </body>
                </html>
                """.formatted(escape(title), main);
    }

    static String message(String title, String text) {
        return page(title, "<h1>%s</h1>\n<p>%s</p>".formatted(escape(title), escape(text)));
    }

    /** A page that posts a form to another site as soon as it is read, with a button where scripts are off. */
    static String autoPost(String title, String action, Map<String, String> fields) {
        String inputs = fields.entrySet().stream()
                .map(field -> "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                        .formatted(escape(field.getKey()), escape(field.getValue())))
                .collect(Collectors.joining("\n"));
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s</title></head>
                <body>
                <main>
                <h1 hidden>%1$s</h1>
                <form id="launch" method="post" action="%2$s" data-auto-post>
                %3$s
                <noscript><button>Continue</button></noscript>
                </form>
                </main>
                <script>document.getElementById("launch").submit();</script>
                </body>
                </html>
                """.formatted(escape(title), escape(action), inputs);
    }
}
