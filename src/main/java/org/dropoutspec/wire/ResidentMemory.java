package org.dropoutspec.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How much memory processes hold, read from /proc on Linux. */
final class ResidentMemory {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d{1,15}) kB");

    private ResidentMemory() {}

    /** The sum over all processes, in bytes; empty where the system does not tell it of the first one. */
    static OptionalLong of(Stream<ProcessHandle> processes) {
        long sum = 0;
        boolean first = true;
        for (ProcessHandle process : processes.toList()) {
            OptionalLong own = of(process.pid());
            if (first && own.isEmpty()) {
                return own;
            }
            first = false;
            sum += own.orElse(0);
        }
        return OptionalLong.of(sum);
    }

    private static OptionalLong of(long pid) {
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return resident.find() ? OptionalLong.of(Long.parseLong(resident.group(1)) << 10) : OptionalLong.empty();
        } catch (IOException | RuntimeException untold) {
            return OptionalLong.empty();
        }
    }
}
