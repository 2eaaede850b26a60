/** Enrichment of devices over SNMP, by their profiles. */
@NullMarked
package io.argos.enrichment.plugin.snmp;

import org.jspecify.annotations.NullMarked;
