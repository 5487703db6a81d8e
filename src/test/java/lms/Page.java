package lms;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@link Browser} got: status, headers, body, and the forms in it. */
public record Page(URI uri, int status, HttpHeaders headers, byte[] body) {

    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);

    private static final Pattern INPUT = Pattern.compile("<input\\b([^>]*)>", Pattern.DOTALL);

    private static final Pattern TEXT_AREA = Pattern.compile("<textarea\\b([^>]*)>(.*?)</textarea>", Pattern.DOTALL);

    private static final Pattern SELECT = Pattern.compile("<select\\b([^>]*)>(.*?)</select>", Pattern.DOTALL);

    private static final Pattern OPTION = Pattern.compile("<option\\b([^>]*)>", Pattern.DOTALL);

    private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)(?:\\s*=\\s*(\"[^\"]*\"|'[^']*'))?");

    /** A form with the values that it would send untouched. */
    public record Form(String action, String method, Map<String, String> fields, boolean postsItself) {}

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    public boolean isRedirect() {
        return status >= 300 && status < 400 && header("Location").isPresent();
    }

    public List<Form> forms() {
        var forms = new ArrayList<Form>();
        Matcher matcher = FORM.matcher(text());
        while (matcher.find()) {
            Map<String, String> attributes = attributes(matcher.group(1));
            forms.add(new Form(
                    attributes.getOrDefault("action", ""),
                    attributes.getOrDefault("method", "get").toLowerCase(Locale.ROOT),
                    fields(matcher.group(2)),
                    attributes.containsKey("data-auto-post")));
        }
        return forms;
    }

    /** The form whose action contains this text. */
    public Form formTo(String actionPart) {
        return forms().stream()
                .filter(form -> form.action().contains(actionPart))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("No form to " + actionPart + " at " + uri));
    }

    /** The form that the LMS's page posts by script. */
    Optional<Form> autoPost() {
        return text().contains("data-auto-post")
                ? forms().stream().filter(Form::postsItself).findFirst()
                : Optional.empty();
    }

    private static Map<String, String> fields(String html) {
        var fields = new LinkedHashMap<String, String>();
        Matcher inputs = INPUT.matcher(html);
        while (inputs.find()) {
            Map<String, String> attributes = attributes(inputs.group(1));
            String type = attributes.getOrDefault("type", "text");
            boolean chosen = !(type.equals("checkbox") || type.equals("radio")) || attributes.containsKey("checked");
            if (attributes.containsKey("name") && chosen && !type.equals("submit") && !type.equals("file")) {
                String otherwise = type.equals("checkbox") ? "on" : "";
                fields.put(attributes.get("name"), attributes.getOrDefault("value", otherwise));
            }
        }
        Matcher areas = TEXT_AREA.matcher(html);
        while (areas.find()) {
            putNamed(fields, attributes(areas.group(1)), unescape(areas.group(2)));
        }
        Matcher selects = SELECT.matcher(html);
        while (selects.find()) {
            putNamed(fields, attributes(selects.group(1)), selected(selects.group(2)));
        }
        return fields;
    }

    private static void putNamed(Map<String, String> fields, Map<String, String> attributes, String value) {
        if (attributes.containsKey("name")) {
            fields.put(attributes.get("name"), value);
        }
    }

    private static String selected(String options) {
        Matcher matcher = OPTION.matcher(options);
        String first = "";
        boolean any = false;
        while (matcher.find()) {
            Map<String, String> attributes = attributes(matcher.group(1));
            String value = attributes.getOrDefault("value", "");
            if (attributes.containsKey("selected")) {
                return value;
            }
            first = any ? first : value;
            any = true;
        }
        return first;
    }

    private static Map<String, String> attributes(String html) {
        var attributes = new LinkedHashMap<String, String>();
        Matcher matcher = ATTRIBUTE.matcher(html);
        while (matcher.find()) {
            String value = matcher.group(2);
            attributes.put(
                    matcher.group(1).toLowerCase(Locale.ROOT),
                    value == null ? "" : unescape(value.substring(1, value.length() - 1)));
        }
        return attributes;
    }

    private static String unescape(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&#43;", "+")
                .replace("&#61;", "=")
                .replace("&amp;", "&");
    }
}
