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
        if descr:
            self.scalar(SYSTEM + ".1.0", "text", descr)
        if oid:
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

cisco("cisco-asa", "a firewall whose processors are entities of class cpu, with a pool that is counted in 64 bits.",
      "Cisco Adaptive Security Appliance Version 9.8(4)", "1.3.6.1.4.1.9.1.1195", "fw-1") \
    .interfaces({"2": ("", "Adaptive Security Appliance 'outside' interface", "", 6, 1000)}) \
    .entities({"1": ("ASA 5525-X with SW, 8 GE Data, 1 GE Mgmt", 3, 0, "Chassis", "FTX0000F0GG", "ASA5525"),
               "2": ("Intel core", 12, 1, "Processor 0/0", None, None), "3": ("Lag", 9, 2, "Slot", None, None)}) \
    .table(CISCO + ".109.1.1.1.1", {2: "int", 7: "gauge", 8: "gauge", 10: "gauge"}, {"2": (2, 17, 15, 21), "3": (3, 1, 1, 1)}) \
    .table(CISCO + ".221.1.1.1.1", {3: "text", 18: "c64", 20: "c64"}, {"1.1": ("System memory", 5000000000, 3500000000)}) \
    .write()

asr = cisco("cisco-asr", "a router with a flow processor, a crypto engine, a supply that is off and a sensor that measures no air.",
            "Cisco IOS Software, ASR1000 Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 15.5(3)S6", "1.3.6.1.4.1.9.1.1116", "edge-9") \
    .interfaces({"1": ("Te0/0/0", "TenGigabitEthernet0/0/0", "transit", 6, 10000)}) \
    .entities({"1": ("Cisco ASR1001 Chassis", 3, -1, "Chassis", "SSI0000R0HH", "ASR1001"),
               "7": ("Power Supply", 6, 0, "Power Supply Module 0", None, None), "8": ("Power Supply", 6, 1, "Power Supply Module 1", None, None),
               "7010": ("Temp: CPU AIR", 8, 5, "Temp: CPU AIR R0/5", None, None), "7011": ("Temp: idle", 8, 6, "Temp: idle R0/6", None, None),
               "7012": ("V1", 8, 7, "V1: VCP R0/7", None, None),
               "7035": ("CPU 0 of module R0", 12, 0, "cpu R0/0", None, None), "9035": ("QFP 0 of module F0", 12, 0, "qfp F0/0", None, None),
               "9036": ("Crypto Asic", 12, 0, "Crypto Asic F0/1", None, None)}) \
    .table(CISCO + ".91.1.1.1.1", NEXUS, {"7010": (8, 9, 0, 29), "7011": (8, 9, 0, 0), "7012": (4, 8, 0, 1201)}) \
    .table(CISCO + ".109.1.1.1.1", {2: "int", 7: "gauge", 8: "gauge", 10: "gauge"}, {"2": (7035, 4, 5, 6)}) \
    .table(CISCO + ".221.1.1.1.1", {3: "text", 18: "c64", 20: "c64"},
           {"7000.1": ("Processor", 700000000, 800000000), "7000.2": ("lsmpi_io", 6000000, 800)}) \
    .column(CISCO + ".117.1.1.2.1.2", "int", {"7": 2, "8": 3}) \
    .table(CISCO + ".715.1.1.7.1", {3: "gauge", 4: "gauge"}, {"9035.1": (41000000, 59000000)}) \
    .column(CISCO + ".715.1.1.6.1.14", "gauge", {"9035.1": 1, "9035.2": 2, "9035.3": 3, "9035.4": 4})
for interval in (2, 3, 4):
    for counter, value in ((1, 12), (5, 100000), (6, 90000)):
        asr.scalar(f"{CISCO}.756.1.3.1.2.9036.{interval}.{counter}", "c64" if counter > 1 else "gauge", value + interval)
asr.write()


# Cisco devices of inventories that name the model, without a system group

def inventoried(folder, comment):
    device = cisco(folder, comment, "", "", "")
    device.values = []
    return device


POOLS, CPU = {2: "text", 5: "gauge", 6: "gauge"}, {2: "int", 7: "gauge", 8: "gauge", 10: "gauge"}
inventoried("cisco-ios-3560", "a switch with its supplies and a fan in CISCO-ENVMON-MIB, one processor named after the switch in the stack and one that is not, "
            "and a sensor that it is not asked for.") \
    .entities({"1001": ("WS-C3560X-48PF-L", 3, 0, "1", None, None), "1003": ("Power Supply 0", 6, 2, "Switch 1 - Power Supply 0", None, None),
               "1004": ("Power Supply 1", 6, 3, "Switch 1 - Power Supply 1", None, None), "1005": ("Fan", 7, 4, "Switch 1 - Fan 0", None, None),
               "1006": ("Sensor", 8, 5, "Switch 1 - Sensor 0", None, None)}) \
    .column(CISCO + ".13.1.4.1.3", "int", {"1005": 3, "1009": 4}) \
    .column(CISCO + ".13.1.5.1.3", "int", {"1003": 2, "1004": 5, "1010": 1}) \
    .table(CISCO + ".48.1.1.1", POOLS, {"1": ("Processor", 30000000, 60000000), "2": ("I/O", 9000000, 3000000)}) \
    .table(CISCO + ".91.1.1.1.1", NEXUS, {"1006": (8, 9, 0, 37)}) \
    .table(CISCO + ".109.1.1.1.1", CPU, {"1": (0, 6, 6, 6), "2": (0, 7, 7, 7)}) \
    .column(CISCO + ".117.1.1.2.1.2", "int", {"1003": 1}) \
    .write()

inventoried("cisco-ios-3750", "a stack with processors that are no entities, two of them equally busy, and one whose entity has an empty name, a sensor without "
            "name, a digit after the point, a pool without name, fans and supplies in CISCO-ENVMON-MIB alone, and an index that is no interface.") \
    .interfaces({"10101": ("Gi1/0/1", "GigabitEthernet1/0/1", "printer", 6, 1000)}) \
    .column(IFX + ".2", "c32", {"25": 40000}) \
    .entities({"1": ("Stack", 11, -1, "stack", None, None), "5": ("Empty", 9, 1, "", None, None),
               "1001": ("WS-C3750X-24", 3, 1, "1", None, None), "1006": ("Sensor", 8, 2, "Hotspot celsius", None, None),
               "1007": ("Sensor", 8, 3, None, None, None), "1008": ("Supply", 6, 4, "PS A", None, None)}) \
    .table(CISCO + ".13.1.4.1", {2: "text", 3: "int"}, {"1": ("Fan 1", 1), "2": ("Fan 2", 5)}) \
    .table(CISCO + ".13.1.5.1", {2: "text", 3: "int"}, {"1": ("PS 1", 1)}) \
    .table(CISCO + ".48.1.1.1", POOLS, {"1": ("Processor", 30000000, 60000000), "2": ("", 9000000, 3000000)}) \
    .table(CISCO + ".91.1.1.1.1", NEXUS, {"1006": (8, 9, 1, 391), "1007": (8, 9, 0, 33)}) \
    .table(CISCO + ".109.1.1.1.1", CPU, {"1": (1001, 9, 9, 9), "2": (1001, 3, 3, 3), "3": (1001, 3, 3, 3), "5": (1001, 4, 4, 4)}) \
    .write()

inventoried("cisco-ios-4510", "a chassis that has no processors, no memory pools and no sensors, and tells of fans and supplies.") \
    .entities({"1": ("Chassis", 3, 0, "Switch System", None, None), "7": ("Supply", 6, 1, "Power Supply 1", None, None)}) \
    .column(CISCO + ".117.1.1.2.1.2", "int", {"7": 12, "1000": 2}) \
    .column(CISCO + ".117.1.4.1.1.1", "int", {"4": 2, "5": 4}) \
    .write()

inventoried("cisco-nxos-3172", "a Nexus 3000, whose processors go by the first entity at their position, with a module whose name is empty and equal sensors.") \
    .entities({"1": ("Empty", 9, 8, "", None, None), "22": ("Supervisor", 9, 1, "Module-1", None, None), "23": ("Lag", 9, 1, "Other-1", None, None),
               "27": ("Lag", 9, 4, "Module-27", None, None), "470": ("Power supply", 6, 2, "PowerSupply-1", None, None),
               "21590": ("sensor", 8, 0, "Outlet celsius", None, None), "21591": ("sensor", 8, 0, "Outlet celsius", None, None)}) \
    .table(CISCO + ".91.1.1.1.1", NEXUS, {"21590": (8, 9, 0, 41), "21591": (8, 9, 0, 41)}) \
    .table(CISCO + ".109.1.1.1.1", {2: "int", 7: "gauge", 8: "gauge", 10: "gauge", 12: "gauge", 13: "gauge"},
           {"1": (22, 31, 31, 31, 1200000, 800000), "4": (27, 5, 5, 5, 300, 400)}) \
    .column(CISCO + ".117.1.1.2.1.2", "int", {"470": 2}) \
    .column(CISCO + ".117.1.4.1.1.1", "int", {"534": 2}) \
    .write()

inventoried("cisco-asa-5585", "a firewall with two processors that are no entities of class cpu and equally busy, and pools of which equally much is used.") \
    .entities({"1": ("Chassis", 3, 0, "Chassis", None, None), "2": ("Core", 12, 1, "Processor 0/0", None, None), "7": ("Supply", 6, 1, "PS", None, None)}) \
    .table(CISCO + ".109.1.1.1.1", CPU, {"1": (0, 3, 3, 3), "2": (0, 7, 7, 7), "5": (0, 3, 3, 3)}) \
    .table(CISCO + ".221.1.1.1.1", {3: "text", 18: "c64", 20: "c64"},
           {"1.1": ("System memory", 5000000000, 3500000000), "1.2": ("MEMPOOL_DMA", 0, 7), "1.3": ("MEMPOOL_MSG", 0, 9)}) \
    .write()

inventoried("cisco-asr-1002", "a router without flow processor, a supply that is called one twice, transceivers in thousandths and in a scale, and a fan tray.") \
    .entities({"7": ("Power Supply Module", 6, 0, "Power Supply Module 0", None, None), "8": ("AC supply", 6, 1, "Power Supply Module 1", None, None),
               "20": ("Sensor", 8, 0, "subslot 0/1 transceiver 0 Temperature Sensor", None, None),
               "21": ("temp sensor", 8, 1, "Te0 inlet", None, None), "22": ("Temp", 8, 2, "Outlet", None, None),
               "30": ("Fan tray", 7, 0, "Fan 0", None, None), "7035": ("CPU 0", 12, 0, "cpu R0/0", None, None)}) \
    .table(CISCO + ".91.1.1.1.1", NEXUS, {"20": (8, 9, 3, 27890), "21": (8, 8, 0, 391), "22": (8, 9, 0, 96)}) \
    .table(CISCO + ".109.1.1.1.1", CPU, {"2": (7035, 6, 6, 6)}) \
    .table(CISCO + ".221.1.1.1.1", {18: "c64", 20: "c64"}, {"7000.1": (700000000, 800000000)}) \
    .column(CISCO + ".117.1.1.2.1.2", "int", {"7": 9, "8": 2}) \
    .column(CISCO + ".117.1.4.1.1.1", "int", {"30": 2}) \
    .write()


# Juniper

def octets(address):
    return ".".join(str(byte) for byte in address)


V4_LOCAL, V4_PEER = (192, 0, 2, 1), (192, 0, 2, 2)
V6_LOCAL = (32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
V6_PEER = V6_LOCAL[:15] + (2,)
SESSION_4 = f"0.1.{octets(V4_LOCAL)}.1.{octets(V4_PEER)}"
SESSION_6 = f"0.2.{octets(V6_LOCAL)}.2.{octets(V6_PEER)}"
SESSION_FAR = "3.1.198.51.100.1.1.198.51.100.9"

Device("juniper-bgp", "Written from BGP4-V2-MIB-JUNIPER, IP-MIB and HOST-RESOURCES-MIB: sessions over IPv4 with two families of routes, over "
       "IPv6, and to a peer that is no neighbour and is down.",
       "Juniper Networks, Inc. mx204 internet router, kernel JUNOS 20.4R3.8", "1.3.6.1.4.1.2636.1.1.1.2.143", "edge-2") \
    .interfaces({"531": ("xe-0/1/0.0", "xe-0/1/0.0", "peering in Zürich", 53, 10000)}) \
    .column("1.3.6.1.2.1.4.35.1.7", "int", {f"531.1.4.{octets(V4_PEER)}": 1, f"531.2.16.{octets(V6_PEER)}": 1}) \
    .table(JNX + ".5.1.1.2.1.1.1", {2: "int", 3: "int", 9: "gauge", 11: "hex", 13: "gauge", 14: "gauge"},
           {SESSION_4: (6, 2, 64500, bytes(V4_PEER).hex(), 64501, 11), SESSION_6: (6, 2, 64500, bytes(V6_PEER).hex(), 64501, 12),
            SESSION_FAR: (3, 2, 64500, "c6336409", 64502, 13)}) \
    .column(JNX + ".5.1.1.2.4.1.1.1", "gauge", {SESSION_4: 86400, SESSION_6: 3600, SESSION_FAR: 60}) \
    .table(JNX + ".5.1.1.2.6.1.1", {1: "c32", 2: "c32", 5: "c32"}, {SESSION_4: (1000, 900, 3), SESSION_6: (50, 40, 1), SESSION_FAR: (0, 0, 9)}) \
    .table(JNX + ".5.1.1.2.6.2.1", {7: "gauge", 8: "gauge", 9: "gauge", 11: "gauge"},
           {"11.1.1": (400, 390, 10, 380), "11.1.128": (7, 6, 1, 5), "12.2.1": (120, 120, 0, 110)}) \
    .table(HR + ".2.3.1", {2: "oid", 3: "text", 4: "int", 5: "int", 6: "int", 7: "c32"},
           {"1": (HR + ".2.1.4", "/dev/gpt/junos: mounted on: /.mount", 4096, 5000000, 1000000, 0),
            "2": (HR + ".2.1.2", "memory", 1024, 16000000, 4000000, 0)}) \
    .write()

POOL = "4.112.111.111.108.203.0.113.5"
Device("juniper-srx", "Written from JUNIPER-MIB, JUNIPER-JS-NAT-MIB and JUNIPER-SRX5000-SPU-MONITORING-MIB: a cluster with two SPUs.",
       "Juniper Networks, Inc. srx5400 internet router, kernel JUNOS 15.1X49-D170.4", "1.3.6.1.4.1.2636.1.1.1.2.139", "fw-2") \
    .interfaces({"520": ("ge-2/0/0", "ge-2/0/0", "", 6, 1000)}) \
    .table(JNX + ".3.1.13.1", {5: "text", 6: "int", 7: "gauge", 8: "gauge", 11: "gauge", 15: "int", 23: "gauge", 24: "gauge", 25: "gauge"},
           {"2.1.0.0": ("node0 PEM 0", 2, 33, 0, 0, 0, 0, 0, 0), "4.1.1.0": ("node0 Fan 1", 6, 0, 0, 0, 0, 0, 0, 0),
            "9.1.0.0": ("node0 Routing Engine 0", 2, 44, 12, 30, 16384, 10, 9, 8)}) \
    .table(JNX + ".3.39.1.7.1.1.4.1", {1: "text", 5: "gauge", 6: "gauge"}, {POOL: ("pool", 1200, 1100)}) \
    .table(JNX + ".3.39.1.12.1.1.1", {4: "gauge", 5: "gauge", 6: "gauge", 7: "gauge", 11: "text"},
           {"1": (12, 60, 15000, 6000000, "node0"), "2": (9, 61, 9000, 6000000, "node1")}) \
    .write()


# jnxOperatingTable: what it is, state, degrees, load now, per cent of memory, memory, and load over one, five and fifteen minutes.
OPERATING = {5: "text", 6: "int", 7: "gauge", 8: "gauge", 11: "gauge", 15: "int", 23: "gauge", 24: "gauge", 25: "gauge"}
STORAGE = {2: "oid", 3: "text", 4: "int", 5: "int", 6: "int", 7: "c32"}

Device("juniper-ex4300", "Written from JUNIPER-MIB and HOST-RESOURCES-MIB: an EX4300 that knows its load as of now alone, with a supply that is "
       "off, a fan that is down, a reading that is no temperature, and storage of every kind.", "", "", "access-9") \
    .table(JNX + ".3.1.13.1", OPERATING,
           {"1.1.0.0": ("", 1, 0, 0, 0, 0, 0, 0, 0), "2.1.1.0": ("Power Supply: Power Supply 0 @ 0/0/*", 2, 0, 0, 0, 0, 0, 0, 0),
            "2.1.2.0": ("Power Supply: Power Supply 1 @ 0/1/*", 6, 0, 0, 0, 0, 0, 0, 0), "4.1.1.1": ("FAN 0 @ 0/0/0", 2, 0, 0, 0, 0, 0, 0, 0),
            "4.1.1.2": ("FAN 1 @ 0/0/1", 6, 0, 0, 0, 0, 0, 0, 0), "7.1.0.0": ("FPC: EX4300-48T @ 0/*/*", 2, 1370, 11, 51, 1953, 0, 0, 0),
            "8.1.1.0": ("PIC: 48x 10/100/1000 Base-T @ 0/0/*", 2, 1371, 0, 0, 0, 0, 0, 0),
            "9.1.0.0": ("Routing Engine 0", 2, 47, 13, 51, 1953, 0, 0, 0)}) \
    .table(HR + ".2.3.1", STORAGE,
           {"1": (HR + ".2.1.9", "/dev/da0s1a: root file system, mounted on: /", 2048, 370000, 180000, 0),
            "2": (HR + ".2.1.1", "devfs: dev file system, mounted on: /dev", 512, 2, 2, 0),
            "3": (HR + ".2.1.2", "memory", 1024, 2000000, 900000, 1), "4": (HR + ".2.1.3", "swap", 1024, 500000, 0, 0),
            "5": (HR + ".2.1.4", "/dev/md0: mounted on: /packages/mnt/jbase", 512, 90000, 90000, 0),
            "6": (HR + ".2.1.5", "/dev/da1", 512, 10, 9, 0), "7": (HR + ".2.1.6", "/dev/fd0", 512, 8, 7, 0),
            "8": (HR + ".2.1.7", "/dev/cd0", 2048, 6, 5, 0), "9": (HR + ".2.1.8", "/dev/md7", 512, 4, 3, 0),
            "10": (HR + ".2.1.10", "archive:/", 512, 2, 1, 0), "11": (HR + ".2.1.99", "", 512, 2, 1, 0)}) \
    .write()

big = {"1.1.0.0": ("midplane", 1, 0, 0, 0, 0, 0, 0, 0), "8.1.1.0": ("PIC: 12X10GE SFPP OTN @ 0/0/*", 2, 0, 0, 0, 0, 0, 0, 0),
       "7.1.0.0": ("FPC: MPC6E 3D @ 0/*/*", 2, 44, 17, 23, 3584, 16, 15, 14), "9.1.0.0": ("Routing Engine 0", 2, 40, 7, 14, 16384, 6, 5, 4),
       "9.2.0.0": ("Routing Engine 1", 3, 38, 0, 9, 16384, 1, 1, 1), "9.3.0.0": ("SPMB 0", 2, 0, 3, 5, 1024, 2, 2, 2),
       "10.1.1.0": ("FPM Board", 2, 29, 0, 0, 0, 0, 0, 0), "2.40.0.0": ("PSM 0 Fan 1", 2, 0, 0, 0, 0, 0, 0, 0)}
big |= {f"2.{n + 1}.0.0": (f"PSM {n}", 6 if n in (3, 17) else 2, 30 + n, 0, 0, 0, 0, 0, 0) for n in range(18)}
big |= {f"2.{n + 30}.0.0": (f"PDM {n}", 2, 0, 0, 0, 0, 0, 0, 0) for n in range(4)}
big |= {f"4.{tray + 1}.{fan}.0": (f"Fan Tray {tray} Fan {fan}" if fan else f"Fan Tray {tray}", 6 if fan == 6 else 2, 0, 0, 0, 0, 0, 0, 0)
        for tray in range(2) for fan in range(7)}
Device("juniper-mx2020", "Written from JUNIPER-MIB: an MX2020 with supply modules, distribution modules and trays of fans, some of them down.", "", "",
       "core-9").table(JNX + ".3.1.13.1", OPERATING, big).write()

Device("juniper-ptx", "Written from JUNIPER-MIB: fans that are named by where they sit, and a card of which no temperature is known.", "", "", "core-10") \
    .table(JNX + ".3.1.13.1", OPERATING,
           {"2.1.0.0": ("PEM 0", 2, 0, 0, 0, 0, 0, 0, 0), "2.2.0.0": ("PEM 1", 6, 0, 0, 0, 0, 0, 0, 0),
            "4.1.1.0": ("Top Rear Fan", 2, 0, 0, 0, 0, 0, 0, 0), "4.1.2.0": ("Bottom Middle Fan", 6, 0, 0, 0, 0, 0, 0, 0),
            "4.1.3.0": ("Top Left Front fan", 2, 0, 0, 0, 0, 0, 0, 0), "9.1.0.0": ("Routing Engine", 2, 0, 5, 0, 8192, 4, 3, 2)}) \
    .write()

Device("juniper-qfx5200", "Written from IF-MIB: ports of 100 Gbit/s that are split into channels, with units, and an interface without a speed.", "", "",
       "leaf-9") \
    .interfaces({"500": ("et-0/0/1", "et-0/0/1", "", 6, 100000), "501": ("et-0/0/1:2", "et-0/0/1:2", "", 6, 25000),
                 "502": ("et-0/0/1:2.0", "et-0/0/1:2.0", "to x", 53, 25000), "503": ("xe-0/0/2.0", "xe-0/0/2.0", "", 53, 10000),
                 "504": ("xle-0/0/3", "xle-0/0/3", "", 145, 0), "505": ("lo0", "lo0", "", 24, 0)}) \
    .write()

Device("juniper-bgp-idle", "Written from BGP4-V2-MIB-JUNIPER: a session that is not up, of which no counters of prefixes are kept.", "", "", "edge-3") \
    .table(JNX + ".5.1.1.2.1.1.1", {2: "int", 3: "int", 9: "gauge", 11: "hex", 13: "gauge", 14: "gauge"},
           {SESSION_4: (1, 2, 64500, bytes(V4_PEER).hex(), 64501, 11)}) \
    .column(JNX + ".5.1.1.2.4.1.1.1", "gauge", {SESSION_4: 0}) \
    .table(JNX + ".5.1.1.2.6.1.1", {1: "c32", 2: "c32", 5: "c32"}, {SESSION_4: (0, 0, 0)}) \
    .write()


# Others

Device("aruba", "Written from WLSX-SYSTEMEXT-MIB, WLSX-USER-MIB and WLSX-WLAN-MIB: a controller with two access points, one of them down.",
       "ArubaOS (MODEL: Aruba7205), Version 8.6.0.5 (74995)", "1.3.6.1.4.1.14823.1.1.36", "wlc-1") \
    .interfaces({"1": ("", "GE0/0/0", "", 6, 1000)}) \
    .table(ARUBA + ".2.1.13.1", {2: "text", 3: "int"}, {"1": ("Supervisor Card CPU1", 14), "2": ("Network Processor CPU2", 3)}) \
    .table(ARUBA + ".1.1.11.1", {2: "int", 3: "int", 4: "int"}, {"1": (3800000, 1500000, 2300000)}) \
    .scalar(ARUBA + ".2.1.10.0", "text", "38.50 degrees Celsius") \
    .column(ARUBA + ".2.1.17.1.2", "int", {"1": 1, "2": 2}) \
    .column(ARUBA + ".2.1.18.1.2", "int", {"1": 1}) \
    .scalar(ARUBA + ".1.3.1.0", "int", 2) \
    .scalar(ARUBA + ".4.1.1.0", "int", 37) \
    .table(ARUBA + ".5.2.1.4.1", {2: "ip", 3: "text", 19: "int"},
           {"2.0.0.0.1.1": ("192.0.2.21", "ap-lobby", 1), "2.0.0.0.1.2": ("192.0.2.22", "ap-hall", 2)}) \
    .table(ARUBA + ".5.2.1.5.1", {6: "int", 7: "int"}, {"2.0.0.0.1.1.1": (20, 12), "2.0.0.0.1.1.2": (5, 3)}) \
    .table(ARUBA + ".5.3.1.6.1", {2: "int", 9: "int", 35: "int", 36: "int", 37: "int"},
           {"2.0.0.0.1.1.1": (12, 92, 10, 8, 20), "2.0.0.0.1.1.2": (3, 95, 2, 2, 5)}) \
    .write()

Device("aruba-radios", "Written from WLSX-WLAN-MIB: radios of an access point that is not known, and one of which only the channel is.", "", "", "wlc-2") \
    .scalar(ARUBA + ".4.1.1.0", "int", 0) \
    .table(ARUBA + ".5.2.1.4.1", {2: "ip", 3: "text", 19: "int"}, {"2.0.0.0.1.1": ("192.0.2.21", "ap-lobby", 1)}) \
    .table(ARUBA + ".5.2.1.5.1", {6: "int", 7: "int"}, {"2.0.0.0.1.1.1": (0, 0), "2.0.0.0.1.9.1": (20, 12)}) \
    .table(ARUBA + ".5.3.1.6.1", {2: "int", 9: "int", 35: "int", 36: "int", 37: "int"},
           {"2.0.0.0.1.1.1": (0, 0, 0, 0, 0), "2.0.0.0.1.1.2": (3, 95, 2, 2, 5), "2.0.0.0.1.9.1": (1, 1, 1, 1, 1)}) \
    .write()

# The columns of ENTITY-SENSOR-MIB that tell scale, value and state, without the type and the digits after the point.
Device("arista-sensors", "Written from HOST-RESOURCES-MIB, ENTITY-MIB and ENTITY-SENSOR-MIB: sensors of unknown type, one of them without a state that "
       "is good, no fan, and one processor alone.", "", "", "leaf-10") \
    .entities({"1": ("DCS chassis", 3, 0, "", None, None), "100002001": ("Cpu temp sensor", 8, 1, "", None, None),
               "100002002": ("Rear temp sensor", 8, 2, "", None, None), "100300001": ("DOM Temperature Sensor for Ethernet49", 8, 1, "", None, None),
               "100210000": ("PowerSupply1", 6, 1, "", None, None), "100210102": ("PowerSupply1 input current sensor", 8, 1, "", None, None)}) \
    .table(ENTITY_SENSOR, {2: "int", 4: "int", 5: "int"},
           {"100002001": (9, 451, 1), "100002002": (9, -13, 1), "100300001": (9, 0, 2), "100210102": (9, 34, 1)}) \
    .table(HR + ".2.3.1", STORAGE,
           {"1": (HR + ".2.1.2", "RAM", 1024, 4017800, 3600000, None), "3": (HR + ".2.1.2", "RAM (Cache)", 1024, 4017800, 1200000, None),
            "100": (HR + ".2.1.3", "RAM (Unavailable)", 1024, 4017800, 1200000, None)}) \
    .column(HR + ".3.3.1.2", "int", {"1": 11}) \
    .column(HR + ".3.2.1.3", "text", {"1": "AMD G-Series"}) \
    .write()

Device("ciena-waveserver", "Written from the Waveserver MIBs of Ciena: a client port without light levels and a line port with them.",
       "Waveserver Ai, WCS 2.1.0", "1.3.6.1.4.1.1271.3", "wave-1") \
    .interfaces({"1": ("mgmt1", "mgmt1", "", 6, 1000)}) \
    .column(CIENA + ".6.25.1.3", "int", {"1": 1, "2": 1, "3": 2}) \
    .column(CIENA + ".6.21.1.3", "int", {"1": 1, "2": 1}) \
    .column(CIENA + ".8.6.1.2", "int", {"1.1.0": 4, "1.2.0": 1}) \
    .column(CIENA + ".7.4.1.2", "text", {"1.1.0": "1-1", "1.2.0": "1-2"}) \
    .column(CIENA + ".8.11.1.2", "int", {"1.1.1": -83}) \
    .column(CIENA + ".8.13.1.2", "int", {"1.1.1": 15}) \
    .write()

UPS = "1.3.6.1.2.1.33.1"
Device("ups", "Written from UPS-MIB: on battery, with one line in and one out.", "UPS agent 2.7", "1.3.6.1.2.1.33", "ups-1") \
    .interfaces({"1": ("", "eth0", "", 6, 100)}) \
    .table(UPS + ".1", {1: "text", 2: "text", 3: "text"}, {"0": ("Example Power", "Steady 3000", "1.04")}) \
    .table(UPS + ".2", {1: "int", 2: "int", 3: "int", 4: "int", 5: "int", 6: "int", 7: "int"}, {"0": (2, 45, 12, 83, 541, 102, 24)}) \
    .table(UPS + ".3.3.1", {2: "int", 3: "int", 4: "int", 5: "int"}, {"1": (0, 0, 0, 0)}) \
    .scalar(UPS + ".4.1.0", "int", 5) \
    .table(UPS + ".4.4.1", {2: "int", 3: "int", 4: "int", 5: "int"}, {"1": (231, 40, 900, 31)}) \
    .scalar(UPS + ".6.1.0", "gauge", 1) \
    .write()

LLDP = "1.0.8802.1.1.2.1"
Device("fallback-standard", "Written from ENTITY-SENSOR-MIB, LLDP-MIB, BGP4-MIB and HOST-RESOURCES-MIB: a router of a make that no profile knows.",
       "Router of a small maker", "1.3.6.1.4.1.99999.2", "small-1") \
    .interfaces({"1": ("p1", "port 1", "to small-2", 6, 10000), "2": ("p2", "port 2", "", 6, 10000)}) \
    .entities({"100": ("Inlet", 8, 1, "inlet air", None, None), "101": ("Fan", 8, 2, "fan 1 speed", None, None),
               "102": ("Rail", 8, 3, "12 V rail", None, None), "103": ("Outlet", 8, 4, "outlet air", None, None)}) \
    .table(ENTITY_SENSOR, {1: "int", 2: "int", 3: "int", 4: "int", 5: "int"},
           {"100": (8, 9, 1, 245, 1), "101": (10, 9, 0, 5400, 1), "102": (4, 8, 0, 12050, 1), "103": (8, 9, 0, 0, 2)}) \
    .table(LLDP + ".3.7.1", {3: "text", 4: "text"}, {"1": ("p1", "port 1"), "2": ("p2", "port 2")}) \
    .table(LLDP + ".4.1.1", {4: "int", 5: "hex", 6: "int", 7: "text", 8: "text", 9: "text", 10: "text"},
           {"600.1.4": (4, "020000000a0b", 5, "p7", "port 7", "small-2", "Router of a small maker")}) \
    .scalar("1.3.6.1.2.1.15.2.0", "int", 64510) \
    .table("1.3.6.1.2.1.15.3.1", {2: "int", 3: "int", 5: "ip", 9: "int", 10: "c32", 11: "c32", 15: "c32", 16: "gauge"},
           {"192.0.2.66": (6, 2, "192.0.2.65", 64511, 120, 80, 2, 7200), "192.0.2.70": (1, 1, "0.0.0.0", 64512, 0, 0, 0, 0)}) \
    .column(HR + ".3.3.1.2", "int", {"1": 33}) \
    .column(HR + ".3.2.1.3", "text", {"1": "core 0"}) \
    .write()

# A 6509-E of which only the inventory tells what it is; the sensors of its transceivers have a digit after the point.
Device("cisco-ios-6509", "Written from ENTITY-MIB and the MIBs of Cisco: fans in CISCO-ENVMON-MIB though there is a fan tray, supplies as units.",
       "", "", "core-6") \
    .interfaces({"1": ("Te1/1", "TenGigabitEthernet1/1", "spine", 6, 10000), "2": ("Te1/1.7", "TenGigabitEthernet1/1.7", "", 135, 10000)}) \
    .entities({"1": ("Chassis", 3, 0, "WS-C6509-E", "SMG0000S0II", "WS-C6509-E"), "2": ("Switch Processor", 9, 1, "CPU of Switching Processor 5", None, None),
               "18": ("PSU", 6, 1, "PS 1 WS-CAC-3000W", None, None), "19": ("PSU", 6, 2, "PS 2 WS-CAC-3000W", None, None),
               "22": ("Fan tray", 7, 1, "FAN-MOD 1", None, None), "1010": ("Transceiver", 8, 1, "Te1/1 Module Temperature Sensor", None, None)}) \
    .table(CISCO + ".13.1.4.1", {2: "text", 3: "int"}, {"1": ("Chassis Fan Tray 1", 1)}) \
    .table(CISCO + ".48.1.1.1", {2: "text", 5: "gauge", 6: "gauge"}, {"1": ("Processor", 200000000, 600000000)}) \
    .table(CISCO + ".91.1.1.1.1", NEXUS, {"1010": (8, 9, 1, 301)}) \
    .table(CISCO + ".109.1.1.1.1", {2: "int", 7: "gauge", 8: "gauge", 10: "gauge"}, {"1": (1, 22, 20, 25), "2": (2, 11, 9, 12)}) \
    .column(CISCO + ".117.1.1.2.1.2", "int", {"18": 2, "19": 8}) \
    .column(CISCO + ".117.1.4.1.1.1", "int", {"22": 2, "23": 2}) \
    .write()

# Supplies that ENTITY-MIB lists and of which nothing tells the state.
cisco("cisco-nxos-9000", "a switch without fans, sensors and the states of its power supplies, so that not all could be read.",
      "Cisco NX-OS(tm) nxos.9.3.5.bin, Software (nxos), Version 9.3(5), RELEASE SOFTWARE", "1.3.6.1.4.1.9.12.3.1.3.1812", "leaf-4") \
    .interfaces({"436207616": ("Ethernet1/1", "Ethernet1/1", "", 6, 25000)}) \
    .entities({"22": ("Ethernet module", 9, 1, "Module-1", None, None), "149": ("Chassis", 3, 0, "Chassis", "FDO0000L0JJ", "N9K-C93180YC-EX"),
               "470": ("Power supply", 6, 1, "PowerSupply-1", None, None), "471": ("Power supply", 6, 2, "PowerSupply-2", None, None)}) \
    .table(CISCO + ".109.1.1.1.1", {2: "int", 7: "gauge", 8: "gauge", 10: "gauge", 12: "gauge", 13: "gauge"},
           {"1": (22, 9, 8, 11, 6000000, 18000000)}) \
    .write()

Device("net-snmp-young", "Written from HOST-RESOURCES-MIB and UCD-SNMP-MIB: an agent in its first minute, which knows its processors but not their load.",
       "Linux app-7 6.1.0-21-amd64 #1 SMP Debian 6.1.90-1 x86_64", "1.3.6.1.4.1.8072.3.2.10", "app-7") \
    .interfaces({"2": ("eth0", "eth0", "", 6, 1000)}) \
    .table(HR + ".3.2.1", {2: "oid", 3: "text"}, {"196608": (HR + ".3.1.3", "Example CPU"), "262145": (HR + ".3.1.4", "network interface eth0")}) \
    .table("1.3.6.1.4.1.2021.10.1", {5: "int"}, {"1": [53], "2": [40], "3": [31]}) \
    .table("1.3.6.1.4.1.2021.4", {5: "int", 6: "int", 14: "int", 15: "int"}, {"0": (8000000, 5000000, 100000, 900000)}) \
    .table("1.3.6.1.4.1.2021.11", {50: "c32", 51: "c32", 52: "c32", 53: "c32", 54: "c32"}, {"0": (100, 0, 90, 4000, 10)}) \
    .write()
