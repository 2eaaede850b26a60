/** Discovery from resource files: JSON arrays of resources, in the form of Panoptes or in ours. */
@NullMarked
package io.argos.discovery.plugin.jsonfile;

import org.jspecify.annotations.NullMarked;
