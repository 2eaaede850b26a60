/** The polling service: measures what changes fast. */
@NullMarked
package io.argos.polling;

import org.jspecify.annotations.NullMarked;
