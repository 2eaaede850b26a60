#!/usr/bin/env python3
"""Writes the recordings of devices that we describe from their MIBs. Names, numbers and places are invented.

Run it here, without arguments, after a change; the expected groups are then written anew by ShippedProfilesTest with
-Dargos.profile.record=true, to be read before they are committed. Recordings that are not named here are written by hand.
"""

import pathlib

TAGS = {"int": "2", "text": "4", "hex": "4x", "oid": "6", "ip": "64", "c32": "65", "gauge": "66", "ticks": "67", "c64": "70"}
SYSTEM, IF, IFX, ETHER = "1.3.6.1.2.1.1", "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1", "1.3.6.1.2.1.10.7.2.1"
ENTITY, HR, CISCO, JNX = "1.3.6.1.2.1.47.1.1.1.1", "1.3.6.1.2.1.25", "1.3.6.1.4.1.9.9", "1.3.6.1.4.1.2636"
ENTITY_SENSOR, ARUBA, CIENA = "1.3.6.1.2.1.99.1.1.1", "1.3.6.1.4.1.14823.2.2.1", "1.3.6.1.4.1.1271.3.4"


class Device:
    def __init__(self, folder, comment, descr, oid, name, place="Lab"):
        self.folder, self.comment, self.values = folder, comment, []
        self.scalar(SYSTEM + ".1.0", "text", descr)
        self.scalar(SYSTEM + ".2.0", "oid", oid)
        self.scalar(SYSTEM + ".3.0", "ticks", 360000)
        self.scalar(SYSTEM + ".5.0", "text", name)
        self.scalar(SYSTEM + ".6.0", "text", place)

    def scalar(self, oid, kind, value):
        self.values.append((oid, TAGS[kind], value))
        return self

    def column(self, oid, kind, values):
        for index, value in values.items():
            self.scalar(f"{oid}.{index}", kind, value)
        return self

    def table(self, oid, columns, rows):
        """Columns as {number: kind}, rows as {index: values in their order}; None is left out."""
        for index, values in rows.items():
            for (number, kind), value in zip(columns.items(), values, strict=True):
                if value is not None:
                    self.scalar(f"{oid}.{number}.{index}", kind, value)
        return self

    def interfaces(self, rows):
        """Rows as {ifIndex: (name, description, alias, type, Mbit/s)}."""
        for index, (name, descr, alias, kind, speed) in rows.items():
            n = int(index)
            self.table(IF, {2: "text", 3: "int", 4: "int", 5: "gauge", 6: "hex", 7: "int", 8: "int"},
                       {index: (descr, kind, 1500, min(speed * 1000000, 4294967295), f"02000000{n % 65536:04x}", 1, 1)})
            self.table(IF, {13: "c32", 14: "c32", 19: "c32", 20: "c32"}, {index: (1, 2, 3, n % 7)})
            self.table(IFX, {1: "text", 15: "gauge", 18: "text"}, {index: (name, speed, alias)})
            self.table(IFX, {column: "c64" for column in range(6, 14)},
                       {index: [n * 1000 + column for column in range(6, 14)]})
        return self

    def entities(self, rows):
        """Rows as {index: (descr, class, position, name, serial, model)}."""
        return self.table(ENTITY, {2: "text", 5: "int", 6: "int", 7: "text", 11: "text", 13: "text"}, rows)

    def write(self):
        def order(value):
            return [int(arc) for arc in value[0].split(".")]
        lines = [f"# {self.comment}"]
        lines += [f"{oid}|{tag}|{value}" for oid, tag, value in sorted(self.values, key=order)]
        folder = pathlib.Path(__file__).parent / self.folder
        folder.mkdir(exist_ok=True)
        (folder / "recording.snmprec").write_text("\n".join(lines) + "\n")


# Cisco

def cisco(folder, comment, descr, oid, name):
    return Device(folder, "Written from ENTITY-MIB and the MIBs of Cisco: " + comment, descr, oid, name)


cisco("cisco-ios-4948", "a switch whose sensors count tenths, with a power supply that is off and a fan that is not seen.",
      "Cisco IOS Software, Catalyst 4500 L3 Switch Software (cat4500e-ENTSERVICESK9-M), Version 15.1(2)SG5",
      "1.3.6.1.4.1.9.1.1104", "access-7") \
    .interfaces({"3": ("Gi1/1", "GigabitEthernet1/1", "to desk 4", 6, 1000), "51": ("Te1/49", "TenGigabitEthernet1/49", "", 6, 10000)}) \
    .entities({"1": ("Cisco Systems, Inc. WS-C4948E", 3, -1, "Switch System", "CAT0000X0AA", "WS-C4948E"),
               "4": ("FanTray", 7, 1, "Fan", None, None), "7": ("Power Supply", 6, 1, "Power Supply 1", None, None),
               "10": ("Power Supply", 6, 1, "Power Supply 2", None, None),
               "1117": ("Module Temperature Sensor", 8, 1, "Te1/49 Module celsius Sensor", None, None),
               "1169": ("Supply Voltage Sensor", 8, 2, "Te1/49 Supply Voltage Sensor", None, None)}) \
    .table(CISCO + ".48.1.1.1", {2: "text", 5: "gauge", 6: "gauge"}, {"1": ("Processor", 190000000, 810000000)}) \
    .table(CISCO + ".91.1.1.1.1", {1: "int", 2: "int", 3: "int", 4: "int"}, {"1117": (8, 9, 1, 391), "1169": (4, 9, 2, 331)}) \
    .table(CISCO + ".109.1.1.1.1", {2: "int", 7: "gauge", 8: "gauge", 10: "gauge"}, {"1": (1000, 9, 11, 8)}) \
    .column(CISCO + ".117.1.1.2.1.2", "int", {"7": 2, "10": 1, "1000": 2}) \
    .column(CISCO + ".117.1.4.1.1.1", "int", {"4": 2}) \
    .write()

cisco("cisco-ios-2960", "a stack whose processor is named by cpmCPUTotalPhysicalIndex, with fans in CISCO-ENVMON-MIB alone.",
      "Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E3, RELEASE SOFTWARE (fc3)",
      "1.3.6.1.4.1.9.1.1208", "access-8") \
    .interfaces({"10101": ("Gi1/0/1", "GigabitEthernet1/0/1", "printer", 6, 1000)}) \
    .entities({"1001": ("WS-C2960X-24TS-L", 3, 1, "1", "FOC0000A0AB", "WS-C2960X-24TS-L"),
               "1009": ("Switch 1 - Sensor 0", 8, 1, "", None, None)}) \
    .table(CISCO + ".13.1.4.1", {2: "text", 3: "int"}, {"1010": ("Switch#1, Fan#1", 1), "1011": ("Switch#1, Fan#2", 6)}) \
    .table(CISCO + ".13.1.5.1", {2: "text", 3: "int"}, {"1012": ("Sw1, PS1 Normal, RPS NotExist", 1)}) \
    .table(CISCO + ".48.1.1.1", {2: "text", 5: "gauge", 6: "gauge"},
           {"1": ("Processor", 61000000, 420000000), "2": ("I/O", 12000000, 21000000)}) \
    .table(CISCO + ".91.1.1.1.1", {1: "int", 2: "int", 3: "int", 4: "int"}, {"1009": (8, 9, 0, 38)}) \
    .table(CISCO + ".109.1.1.1.1", {2: "int", 7: "gauge", 8: "gauge"}, {"1": (1001, 14, 12)}) \
    .write()

NEXUS = {1: "int", 2: "int", 3: "int", 4: "int"}
cisco("cisco-nxos", "a Nexus 3000, whose processors go by module, with one of its fans down and sensors in thousandths.",
      "Cisco NX-OS(tm) n3000, Software (n3000-uk9), Version 6.0(2)U6(10), RELEASE SOFTWARE Copyright (c) 2002-2012",
      "1.3.6.1.4.1.9.12.3.1.3.1164", "tor-3") \
    .interfaces({"436207616": ("Ethernet1/1", "Ethernet1/1", "server 1", 6, 10000), "83886080": ("mgmt0", "mgmt0", "", 6, 1000)}) \
    .entities({"1": ("Virtual Stack", 11, 0, "stack", None, None),
               "22": ("48x1GE + 4x10G Supervisor", 9, 1, "Module-1", None, None),
               "149": ("Nexus 3048 Chassis", 3, 0, "Chassis", "FOC0000N0CC", "N3K-C3048TP-1GE"),
               "214": ("Slot 1", 5, 1, "Slot-1", None, None),
               "470": ("Power supply", 6, 1, "PowerSupply-1", None, None), "471": ("Power supply", 6, 2, "PowerSupply-2", None, None),
               "534": ("Fan Module-1", 7, 1, "FanModule-1", None, None), "535": ("Fan Module-2", 7, 2, "FanModule-2", None, None),
               "21590": ("sensor", 8, 0, "module-1 Outlet-1 celsius", None, None),
               "300000003": ("sensor", 8, 0, "Ethernet1/49 Lane 1 Transceiver Temperature Sensor", None, None)}) \
    .table(CISCO + ".91.1.1.1.1", NEXUS, {"21590": (8, 9, 0, 41), "300000003": (8, 8, 3, 27890)}) \
    .table(CISCO + ".109.1.1.1.1", {2: "int", 7: "gauge", 8: "gauge", 10: "gauge", 12: "gauge", 13: "gauge"},
           {"1": (22, 31, 28, 40, 1200000, 800000)}) \
    .column(CISCO + ".117.1.1.2.1.2", "int", {"470": 2, "471": 9}) \
    .column(CISCO + ".117.1.4.1.1.1", "int", {"534": 2, "535": 3}) \
    .write()

cisco("cisco-nxos-7000", "a Nexus 7000, whose processors go by entity, without sensors.",
      "Cisco NX-OS(tm) n7000, Software (n7000-s2-dk9), Version 6.2(10)", "1.3.6.1.4.1.9.12.3.1.3.719", "spine-1") \
    .interfaces({"436207616": ("Ethernet1/1", "Ethernet1/1", "", 6, 40000)}) \
    .entities({"22": ("Supervisor Module-2", 9, 5, "Supervisor-5", None, None), "5": ("container", 5, 5, "Bay-5", None, None),
               "149": ("Nexus 7009 Chassis", 3, 0, "Chassis", "JAF0000N0DD", "N7K-C7009"),
               "470": ("Power supply", 6, 1, "PowerSupply-1", None, None), "534": ("Fan Module-1", 7, 1, "FanModule-1", None, None)}) \
    .table(CISCO + ".109.1.1.1.1", {2: "int", 7: "gauge", 8: "gauge", 10: "gauge", 12: "gauge", 13: "gauge"},
           {"22": (22, 12, 14, 10, 3000000, 5000000)}) \
    .column(CISCO + ".117.1.1.2.1.2", "int", {"470": 2}) \
    .column(CISCO + ".117.1.4.1.1.1", "int", {"534": 2}) \
    .write()

cisco("cisco", "a device that tells only that it is of Cisco: memory comes from where it is.",
      "Embedded agent 4.1", "1.3.6.1.4.1.9.1.9999", "odd-1") \
    .interfaces({"1": ("Gi0", "GigabitEthernet0", "uplink", 6, 1000)}) \
    .entities({"9": ("Line card", 9, 2, "slot 2", None, None)}) \
    .table(CISCO + ".109.1.1.1.1", {2: "int", 7: "gauge", 8: "gauge", 12: "gauge", 13: "gauge"}, {"9": (9, 3, 4, 5000, 7000)}) \
    .write()
