package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;

/** A make of device, as far as its identity and the names of its interfaces go. */
public enum Vendor {
  CISCO(
      "1.3.6.1.4.1.9.1.1208",
      "Cisco IOS Software, C2960S Software (C2960S-UNIVERSALK9-M), Version 15.2(2)E9, RELEASE"
          + " SOFTWARE (fc4)",
      10_100),
  JUNIPER(
      "1.3.6.1.4.1.2636.1.1.1.2.29",
      "Juniper Networks, Inc. mx240 internet router, kernel JUNOS 18.4R3-S9, Build date: 2021-06-17",
      500),
  ARISTA(
      "1.3.6.1.4.1.30065.1.3011.7050.1960",
      "Arista Networks EOS version 4.26.1F running on an Arista Networks DCS-7050SX-64",
      0),
  NET_SNMP(
      "1.3.6.1.4.1.8072.3.2.10",
      "Linux host 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 x86_64",
      0),
  /** A switch of no make in particular, under the enterprise number kept for documentation. */
  GENERIC("1.3.6.1.4.1.32473.1.1", "Example Switch 24, software 1.0", 0),
  /** A make that no table knows. */
  UNKNOWN("1.3.6.1.4.1.4242424.7.9", "Frobnicator 9000 rev. B", 0);

  private final ObjectId sysObjectId;
  private final String sysDescr;
  private final int indexBase;

  Vendor(String sysObjectId, String sysDescr, int indexBase) {
    this.sysObjectId = ObjectId.parse(sysObjectId);
    this.sysDescr = sysDescr;
    this.indexBase = indexBase;
  }

  public ObjectId sysObjectId() {
    return sysObjectId;
  }

  public String sysDescr() {
    return sysDescr;
  }

  /** ifIndex of the interface of a number, from 1. */
  int ifIndex(int number) {
    return indexBase + number;
  }

  /** ifDescr of the interface of a number, from 1. */
  String ifDescr(int number) {
    return switch (this) {
      case CISCO -> (number > 24 ? "TenGigabitEthernet1/0/" : "GigabitEthernet1/0/") + number;
      case JUNIPER, ARISTA, NET_SNMP, GENERIC, UNKNOWN -> ifName(number);
    };
  }

  /** ifName of the interface of a number, from 1. */
  String ifName(int number) {
    return switch (this) {
      case CISCO -> (number > 24 ? "Te1/0/" : "Gi1/0/") + number;
      // Juniper lists each port and its first unit.
      case JUNIPER -> "xe-0/0/" + (number - 1) / 2 + (number % 2 == 0 ? ".0" : "");
      case ARISTA -> number > 48 ? "Ethernet%d/1".formatted(number) : "Ethernet" + number;
      case NET_SNMP -> number == 1 ? "lo" : "eth" + (number - 2);
      case GENERIC -> "port " + number;
      case UNKNOWN -> "frob" + number;
    };
  }

  /** ifType (IANAifType-MIB) of the interface of a number. */
  int ifType(int number) {
    return switch (this) {
      case JUNIPER -> number % 2 == 0 ? 53 : 6;
      case NET_SNMP -> number == 1 ? 24 : 6;
      case CISCO, ARISTA, GENERIC, UNKNOWN -> 6;
    };
  }

  /** Speed of the interface of a number in bits per second. */
  long speed(int number) {
    return switch (this) {
      case CISCO -> number > 24 ? 10_000_000_000L : 1_000_000_000L;
      case JUNIPER -> 10_000_000_000L;
      case ARISTA -> number > 48 ? 40_000_000_000L : 10_000_000_000L;
      case NET_SNMP -> number == 1 ? 10_000_000L : 1_000_000_000L;
      case GENERIC -> 1_000_000_000L;
      case UNKNOWN -> 100_000_000L;
    };
  }
}
