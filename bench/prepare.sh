# Sourced by the benchmarks: finds Java, builds what is missing, unpacks peers below bench/target.
# shellcheck shell=bash disable=SC2034
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench/.." && pwd)
JAVA_HOME=$("$root/deploy/bin/find-java")
export JAVA_HOME
java=$JAVA_HOME/bin/java

# Builds the modules named and what they need, unless they were built after the last change.
build() {
  local module modules old=0
  modules=$(IFS=,; echo "$*")
  for module in "$@"; do
    if [[ ! -d $root/$module/target/lib || -n $(find "$root"/*/src/main "$root"/framework/*/src/main -newer "$root/$module/target/lib" -type f -print -quit) ]]; then
      old=1
    fi
  done
  if ((old)); then
    echo "building (a minute or so) ..." >&2
    (cd "$root" && mvn -q -B -Dquick -DskipTests -pl "$modules" -am package >&2)
    for module in "$@"; do touch "$root/$module/target/lib"; done
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
