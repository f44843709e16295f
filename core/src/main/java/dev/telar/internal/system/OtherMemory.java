package dev.telar.internal.system;

import java.lang.management.ManagementFactory;

/// The machine's memory where there is no `/proc`.
///
/// A class of its own because the management beans cost tens of milliseconds and their module is
/// optional; Linux never loads it.
final class OtherMemory {
  private OtherMemory() {}

  static long totalBytes() {
    try {
      if (ManagementFactory.getOperatingSystemMXBean()
          instanceof com.sun.management.OperatingSystemMXBean system) {
        return system.getTotalMemorySize();
      }
    } catch (LinkageError moduleAbsent) {
      // fall through
    }
    return Runtime.getRuntime().maxMemory() * 4; // HotSpot's default heap is a quarter
  }
}
