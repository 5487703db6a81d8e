package dev.laurel.launch.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Stands around uploads to one page, from before anything of them is read until they are answered. Whoever uploads has the
 * role that the page is for, but no token of a form was looked at yet.
 */
public interface UploadWatch {

    /** The page, as a path without any part that differs. */
    String path();

    /** Lets the upload go on, or answers it. */
    void receive(SignedIn me, HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException;
}
