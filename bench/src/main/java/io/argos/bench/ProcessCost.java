package io.argos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has used up so far, by the kernel's account (proc(5)). */
final class ProcessCost {
  /** USER_HZ, which is 100 on every Linux this runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private ProcessCost() {}

  /** Seconds of processor time, user and system, of all its threads. */
  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
    // The name in brackets may hold spaces; the fields behind it count from the third on.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Largest resident memory so far, in MiB. */
  static long peakMemoryMiB(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + pid, "status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("/proc/" + pid + "/status has no VmHWM");
  }
}
