# Sourced by the benchmarks: finds Java, builds what is missing, unpacks peers below bench/target.
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench/.." && pwd)
JAVA_HOME=$("$root/deploy/bin/find-java")
export JAVA_HOME
java=$JAVA_HOME/bin/java

# Builds the bench and what it needs, unless it was built after its last change.
build() {
  if [[ ! -d $bench/target/lib || -n $(find "$root"/*/src/main "$root"/framework/*/src/main -newer "$bench/target/lib" -type f -print -quit) ]]; then
    echo "building (a minute or so) ..." >&2
    (cd "$root" && mvn -q -B -Dquick -DskipTests -pl bench -am package >&2)
    touch "$bench/target/lib"
  fi
}

build_simulator() {
  if [[ ! -x $bench/target/snmpsimc || $bench/simulator/snmpsimc.c -nt $bench/target/snmpsimc ]]; then
    gcc -O2 -w -pthread -o "$bench/target/snmpsimc" "$bench/simulator/snmpsimc.c"
  fi
}

# Sets exporter: an installed one, or Debian's package unpacked here; nothing is installed.
fetch_snmp_exporter() {
  exporter=$(command -v prometheus-snmp-exporter || true)
  if [[ -z $exporter ]]; then
    exporter=$bench/target/peers/usr/bin/prometheus-snmp-exporter
    if [[ ! -x $exporter ]]; then
      mkdir -p "$bench/target/peers"
      (cd "$bench/target/peers" && apt-get download prometheus-snmp-exporter >/dev/null 2>&1) ||
        { echo "no prometheus-snmp-exporter: neither installed nor to be had by apt-get download" >&2; exit 1; }
      dpkg-deb -x "$bench"/target/peers/prometheus-snmp-exporter_*.deb "$bench/target/peers"
    fi
  fi
}
