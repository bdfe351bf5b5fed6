package solo.driver.linux;

/** statvfs(3) in bytes and inodes; {@code availableBytes} is what is left for anyone but root. */
public record FileSystemUsage(
        long totalBytes, long freeBytes, long availableBytes, long totalInodes, long freeInodes) {}
