package lms;

/** The parts of the LMS's launch page that keep data for a tool, and the frames that they need. */
final class StoragePages {

    private StoragePages() {}

    static void addTo(LmsServer server) {
        byte[] script = Pages.resource("storage.js");
        server.route("GET", "/storage.js", null, call -> Answer.of(200, "text/javascript; charset=utf-8", script));
        server.route("GET", "/storage/keeper", null, call -> frame("keeper", ""));
        server.route("GET", "/storage/impostor", null, call -> frame("impostor", ""));
    }

    /** What belongs beside the frame of this tool. */
    static String beside(ReferenceLms lms, Tool tool) {
        PlatformStorage storage = lms.storageFor(tool);
        String origin = originOf(tool);
        switch (storage) {
            case PARENT:
                return script("keeper", origin);
            case FAILING:
                return script("failing", origin);
            case FORWARDING:
                return hidden("post_message_forwarding", lms.issuer() + "/storage/keeper?tool=" + origin);
            case WRONG_ORIGIN:
                return script("misled", origin)
                        + hidden("impostor", lms.issuer().replace("127.0.0.1", "localhost") + "/storage/impostor");
            case WRONG_FRAME:
                return script("misled", origin) + hidden("impostor", lms.issuer() + "/storage/impostor");
            default:
                return "";
        }
    }

    private static String originOf(Tool tool) {
        return tool.targetLinkUri().getScheme() + "://" + tool.targetLinkUri().getAuthority();
    }

    private static String hidden(String name, String address) {
        return "<iframe name=\"%s\" title=\"Data that the tool keeps\" src=\"%s\" hidden></iframe>\n"
                .formatted(name, Html.escape(address));
    }

    private static String script(String part, String toolOrigin) {
        return "<script src=\"/storage.js\" data-part=\"%s\" data-tool=\"%s\"></script>\n"
                .formatted(part, Html.escape(toolOrigin));
    }

    private static Answer frame(String part, String toolOrigin) {
        return Answer.html(200, """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Data that the tool keeps</title></head>
                <body>%s</body></html>
                """.formatted(script(part, toolOrigin)));
    }
}
