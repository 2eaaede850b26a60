/** One leader per stage, and the epoch that tells its work from that of leaders before it. */
@NullMarked
package io.argos.runtime.leadership;

import org.jspecify.annotations.NullMarked;
