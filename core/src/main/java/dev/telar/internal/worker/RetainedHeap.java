package dev.telar.internal.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/// How much of the heap was still in use after the collector had last looked at it, region by
/// region: what tasks have left reachable, as far as the collector has found out by itself. It is
/// not made to look: that would cost more than what it might find.
///
/// A class of its own because it needs module `java.management`, which takes some milliseconds to
/// come up and may not be there.
final class RetainedHeap {

  private final List<MemoryPoolMXBean> regions =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(region -> region.getType() == MemoryType.HEAP)
          .filter(region -> region.getCollectionUsage() != null)
          .toList();

  long bytes() {
    long sum = 0;
    for (MemoryPoolMXBean region : regions) {
      MemoryUsage usage = region.getCollectionUsage();
      sum += usage == null ? 0 : usage.getUsed();
    }
    return sum;
  }
}
