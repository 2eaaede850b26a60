package io.argos.profile;

import io.argos.snmp.SnmpReply;
import io.argos.spi.DeviceStatus;
import java.util.List;

/** How a section went, by what it read. */
final class SectionStatus {
  private SectionStatus() {}

  /** True when it is no failure that nothing of a section is there. */
  static boolean isSpared(SectionPoll section, SectionPoll.Reading reading, SnmpReply reply) {
    return section.spec().optional()
        && reading.group().isEmpty()
        && reply.failure().isEmpty()
        && !isUnread(section, reply);
  }

  /** A scalar that the device lacks is not among the values, as one that was not read is not. */
  private static boolean isUnread(SectionPoll section, SnmpReply reply) {
    return (section.spec().table().isPresent() || reply.failure().isPresent())
        && section.columns().stream().anyMatch(column -> column.isUnread(reply));
  }

  /** The status of a section; says why it is not 0. */
  static DeviceStatus of(
      SectionPoll section, SectionPoll.Reading reading, SnmpReply reply, List<String> details) {
    boolean unread = isUnread(section, reply);
    String name = section.spec().section();
    if (reading.group().isEmpty()) {
      // A silent device does not say that it lacks anything.
      if (reply.failure().isPresent() && (unread || SnmpReads.gaveNothing(reply))) {
        return Failures.status(reply.failure().get());
      }
      if (section instanceof AbsentSection(_, AbsentSection.Why why)
          && why != AbsentSection.Why.LACKING) {
        details.add(
            "section "
                + name
                + (why == AbsentSection.Why.UNREAD
                    ? ": its table could not be read at enrichment"
                    : ": the enrichment of its table is not there as a whole"));
        return DeviceStatus.ENRICHMENT_FAILURE;
      }
      details.add("section " + name + ": nothing of it is there");
      return DeviceStatus.MISSING_METRICS;
    }
    if (unread) {
      details.add("section " + name + ": not read to the end");
      return DeviceStatus.PARTIAL_METRIC_FAILURE;
    }
    if (!reading.missing().isEmpty()) {
      details.add("section " + name + ": missing " + String.join(", ", reading.missing()));
      return DeviceStatus.PARTIAL_METRIC_FAILURE;
    }
    return DeviceStatus.SUCCESS;
  }
}
