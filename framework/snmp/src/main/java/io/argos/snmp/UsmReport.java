package io.argos.snmp;

import org.snmp4j.PDU;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;

/** What the reports of an SNMPv3 engine mean (RFC 3414 section 5). */
final class UsmReport {
  private UsmReport() {}

  /** True when the report says that the credential is wrong. */
  static boolean isRefusal(PDU report) {
    OID oid = oidOf(report);
    return oid.equals(SnmpConstants.usmStatsUnknownUserNames)
        || oid.equals(SnmpConstants.usmStatsWrongDigests)
        || oid.equals(SnmpConstants.usmStatsDecryptionErrors)
        || oid.equals(SnmpConstants.usmStatsUnsupportedSecLevels);
  }

  /** The report in words. */
  static String problemOf(PDU report) {
    OID oid = oidOf(report);
    if (oid.equals(SnmpConstants.usmStatsUnknownUserNames)) {
      return "unknown user name";
    }
    if (oid.equals(SnmpConstants.usmStatsWrongDigests)) {
      return "wrong digest: the authentication password or protocol is not the user's";
    }
    if (oid.equals(SnmpConstants.usmStatsDecryptionErrors)) {
      return "decryption error: the privacy password or protocol is not the user's";
    }
    if (oid.equals(SnmpConstants.usmStatsUnsupportedSecLevels)) {
      return "unsupported security level for this user";
    }
    if (oid.equals(SnmpConstants.usmStatsNotInTimeWindows)) {
      return "not in time window: its clock or its boot count goes astray";
    }
    if (oid.equals(SnmpConstants.usmStatsUnknownEngineIDs)) {
      return "unknown engine id";
    }
    return oid.toDottedString();
  }

  private static OID oidOf(PDU report) {
    return report.size() == 0 ? new OID() : report.get(0).getOid();
  }
}
