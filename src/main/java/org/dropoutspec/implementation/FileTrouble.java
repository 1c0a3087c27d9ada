package org.dropoutspec.implementation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why a file cannot be read or written. */
public final class FileTrouble {
    private FileTrouble() {}

    /** The reason in lower case, such as {@code permission denied}; the caller adds the path and what it is for. */
    public static String words(IOException cause) {
        if (cause instanceof FileAlreadyExistsException) {
            return "a file is in its place";
        }
        if (cause instanceof DirectoryNotEmptyException) {
            return "a folder is in the place of " + cause.getMessage();
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof NotDirectoryException) {
            return "it is no directory";
        }
        return cause instanceof FileSystemException system && system.getReason() != null
                ? system.getReason().toLowerCase(Locale.ROOT)
                : String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }
}
