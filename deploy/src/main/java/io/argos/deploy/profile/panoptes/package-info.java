/** Documents of Panoptes' generic SNMP polling, brought over as profiles. */
@NullMarked
package io.argos.deploy.profile.panoptes;

import org.jspecify.annotations.NullMarked;
